import type { ContentToken, HealthFact } from '@winesap/api';
import { agoShort, daysLeftWords, healthFacts, plural, shortDate, shortDateTime } from '@winesap/api/words';
import type { Style } from '../terminal/style.ts';
import { nextStepLines } from '../words/next-step.ts';
import { SEVERITIES, severityPaint } from '../words/severity.ts';
import { factLines } from './facts.ts';
import { indented } from './indented.ts';

interface View {
  terminal: { style: Style; width: number };
  now: Date;
}

/** Shows everything about one token: first whether it works, why not, and what to do; then its identity. */
export function tokenLines(token: ContentToken, view: View): string[] {
  const { now, terminal } = view;
  const { style } = terminal;
  const { identity } = token;
  return [
    style.bold(identity.locationName ?? identity.uId),
    ...healthLines(token, view),
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
      ['Expires', identity.expiresAt && `${shortDate(identity.expiresAt)} (${daysLeftWords(token.daysLeft)})`],
      ['Mode', token.mode === 'manage' ? 'manage' : 'watch: Winesap only reads'],
      ['Managed by', identity.claim.words],
      [
        'Last successful sync',
        token.lastSyncAt === null ? 'never' : `${shortDateTime(token.lastSyncAt)} (${agoShort(token.lastSyncAt, now)})`,
      ],
      ['Licenses', `${plural(token.assets, 'asset')}, ${plural(token.assignments, 'assignment')}`],
      ['Added', `${shortDate(token.addedAt)} by ${token.addedBy}`],
      ['Renewed', token.renewedAt && `${shortDate(token.renewedAt)}${token.renewedBy ? ` by ${token.renewedBy}` : ''}`],
      ['Id', token.tokenId],
    ]),
  ];
}

/** Shows whether a token works: state, cause, consequences, Apple's answer, and the next step. */
export function healthLines(token: ContentToken, { now, terminal: { style, width } }: View): string[] {
  const { health, lastSyncAt } = token;
  const headline = ({ severity, label, title }: HealthFact) =>
    `${severityPaint(severity, style)(`${SEVERITIES[severity].mark} ${label}`)}  ${title}`;
  if (health.state === 'healthy') {
    const sync = lastSyncAt === null ? 'Not scanned yet.' : `Last successful sync ${agoShort(lastSyncAt, now)}.`;
    return [headline(health), ...indented(`${sync} ${checked(health.lastCheckedAt, now)}`, width)];
  }
  const said = health.apple && `Apple said, ${shortDateTime(health.apple.at)}: ${health.apple.line}`;
  return [
    ...healthFacts(health).flatMap((fact) => [
      headline(fact),
      ...[fact.cause, fact.consequence].filter((text) => text !== '').flatMap((text) => indented(text, width)),
    ]),
    ...(said ? indented(said, width).map(style.grey) : []),
    ...nextStepLines(token).flatMap((text) => indented(text, width).map(style.bold)),
    ...indented(checked(health.lastCheckedAt, now), width).map(style.grey),
  ];
}

function checked(at: string | null, now: Date): string {
  return at === null ? 'Not checked yet.' : `Checked ${agoShort(at, now)}.`;
}
