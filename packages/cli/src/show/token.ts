import type { ContentToken } from '@winesap/api';
import type { Style } from '../terminal/style.ts';
import { nextStepLines } from '../words/next-step.ts';
import { SEVERITIES, severityPaint } from '../words/severity.ts';
import { ago, day, daysLeftWords, moment, plural } from '../words/time.ts';
import { factLines } from './facts.ts';

/** Everything about one token: first whether it works, why not and what to do; then who it is. */
export function tokenLines(token: ContentToken, now: Date, style: Style): string[] {
  const { identity } = token;
  return [
    style.bold(identity.locationName ?? identity.uId),
    ...healthLines(token, now, style),
    '',
    ...factLines([
      ['Identification number', identity.uId],
      [
        'Organization',
        `${token.organizationName}${identity.organizationName && identity.organizationName !== token.organizationName ? ` (Apple: ${identity.organizationName})` : ''}`,
      ],
      ['Policy', `${token.policyName}${token.tokenInheritance ? ', inherited by its children' : ''}`],
      ['Apple ID', identity.appleId ?? 'not known'],
      ['Country', identity.country],
      ['Portal', identity.kind && (identity.kind === 'school' ? 'Apple School Manager' : 'Apple Business')],
      ['Expires', identity.expiresAt && `${day(identity.expiresAt)} (${daysLeftWords(token.daysLeft)})`],
      ['Mode', token.mode === 'manage' ? 'manage: Winesap holds the claim' : 'watch: Winesap only reads'],
      ['Managed by', identity.claim.words],
      [
        'Last successful sync',
        token.lastSyncAt === null ? 'never' : `${moment(token.lastSyncAt)} (${ago(token.lastSyncAt, now)})`,
      ],
      ['Licenses', `${plural(token.assets, 'asset')}, ${plural(token.assignments, 'assignment')}`],
      ['Added', `${day(token.addedAt)} by ${token.addedBy}`],
      ['Renewed', token.renewedAt && `${day(token.renewedAt)}${token.renewedBy ? ` by ${token.renewedBy}` : ''}`],
      ['Id', token.tokenId],
    ]),
  ];
}

/** Whether a token works: state, cause, what follows, what Apple said, and the next step. */
export function healthLines(
  { health, lastSyncAt }: Pick<ContentToken, 'health' | 'lastSyncAt'>,
  now: Date,
  style: Style,
): string[] {
  const { mark } = SEVERITIES[health.severity];
  const paint = severityPaint(health.severity, style);
  const lines = [paint(`${mark} ${health.label}`) + (health.title === '' ? '' : `  ${health.title}`)];
  if (health.state === 'healthy') {
    const sync = lastSyncAt === null ? 'Not scanned yet.' : `Last successful sync ${ago(lastSyncAt, now)}.`;
    return [...lines, `  ${sync} ${checked(health.lastCheckedAt, now)}`];
  }
  if (health.cause !== '') lines.push(`  ${health.cause}`);
  if (health.consequence !== '') lines.push(`  ${health.consequence}`);
  if (health.apple) lines.push(style.grey(`  Apple said, ${moment(health.apple.at)}: ${health.apple.line}`));
  lines.push(...nextStepLines(health).map((line) => `  ${style.bold(line)}`));
  lines.push(style.grey(`  ${checked(health.lastCheckedAt, now)}`));
  return lines;
}

function checked(at: string | null, now: Date): string {
  return at === null ? 'Not checked yet.' : `Checked ${ago(at, now)}.`;
}
