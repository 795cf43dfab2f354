import { type Channel, type NewRule, type RuleCondition, routes, type TokenState } from '@winesap/api';
import type { Command } from 'commander';
import { findNamed } from '../find/find-named.ts';
import { findOrganization, findPolicy } from '../find/find-policy.ts';
import { findToken } from '../find/find-token.ts';
import { refusal } from '../refusal.ts';
import type { Session } from '../session/session.ts';

/** The options of a rule. */
export interface RuleOptions {
  expires?: string;
  entered?: string;
  left?: string;
  scanFailing?: string;
  licensesBelow?: string;
  asset?: string[];
  claim?: boolean;
  notificationsSilent?: string;
  assignmentsFailed?: string;
  within?: string;
  organization?: string;
  policy?: string;
  token?: string;
  all?: boolean;
  tell?: string[];
  urgent?: boolean;
  repeat?: string;
  escalateAfter?: string;
  escalateTo?: string[];
}

export function withRuleOptions(command: Command): Command {
  return command
    .option('--expires <days>', 'days before expiry: 60,30,14,7,3,1')
    .option('--entered <states>', 'a token came into one of these states: revoked,expired')
    .option('--left <states>', 'a token left one of these states')
    .option('--scan-failing <hours>', 'scans have failed, or are overdue, for this long')
    .option('--licenses-below <number>', 'fewer licenses are left: 5, 10%, or low for what counts as low there')
    .option('--asset <adam-id...>', 'with --licenses-below: only of these assets')
    .option('--claim', 'another server claimed a location, or our claim is gone')
    .option('--notifications-silent <hours>', 'Apple has sent no notification for this long')
    .option('--assignments-failed <number>', 'so many assignments failed')
    .option('--within <hours>', 'with --assignments-failed: within so many hours (24)')
    .option('--organization <name>', 'watch only this organization')
    .option('--policy <policy>', 'watch only this policy and everything below it')
    .option('--token <token>', 'watch only this token')
    .option('--all', 'watch everything')
    .option('--tell <channel...>', 'tell these channels, or none')
    .option('--urgent', 'wait neither for quiet hours to end nor for a digest')
    .option('--no-urgent', 'wait for both')
    .option('--repeat <hours>', 'notify again this often until acknowledged, or never')
    .option('--escalate-after <hours>', 'notify others when nobody has acknowledged it for this long, or never')
    .option('--escalate-to <channel...>', 'those others');
}

/** Returns the given condition; null if there is none. Errors: usage.condition, if there are several. */
export function readCondition(options: RuleOptions): RuleCondition | null {
  const named = [
    options.expires !== undefined && { kind: 'expiry' as const, days: numbers(options.expires) },
    (options.entered !== undefined || options.left !== undefined) && {
      kind: 'state' as const,
      entered: words(options.entered) as TokenState[],
      left: words(options.left) as TokenState[],
    },
    options.scanFailing !== undefined && { kind: 'scan' as const, hours: whole(options.scanFailing) },
    options.licensesBelow !== undefined && {
      kind: 'licenses' as const,
      ...threshold(options.licensesBelow),
      adamIds: options.asset ?? [],
    },
    options.claim === true && { kind: 'claim' as const },
    options.notificationsSilent !== undefined && {
      kind: 'notifications' as const,
      hours: whole(options.notificationsSilent),
    },
    options.assignmentsFailed !== undefined && {
      kind: 'assignments' as const,
      failed: whole(options.assignmentsFailed),
      hours: whole(options.within ?? '24'),
    },
  ].filter((one) => one !== false);
  if (named.length > 1)
    throw refusal('usage.condition', 'A rule has one condition.', 'Add several rules for several conditions.');
  return named[0] ?? null;
}

/** Returns the given scope; null if there is none. Errors: usage.scope, and those of the lookup. */
export async function readScope(session: Session, options: RuleOptions): Promise<NewRule['scope'] | null> {
  const { organization, policy, token, all } = options;
  if ([organization, policy, token, all].filter((one) => one !== undefined).length > 1)
    throw refusal('usage.scope', 'A rule has one scope.', 'Name an organization, a policy or a token, or --all.');
  if (organization !== undefined)
    return { kind: 'organization', organizationId: (await findOrganization(session, organization)).id };
  if (policy !== undefined) return { kind: 'policy', policyId: (await findPolicy(session, policy)).policy.id };
  if (token !== undefined) return { kind: 'token', tokenId: (await findToken(session, token)).tokenId };
  return all === true ? { kind: 'all' } : null;
}

/** Whom a rule notifies, and when it repeats; omitted options stay. */
export async function readTelling(session: Session, options: RuleOptions, before: Omit<NewRule, 'name' | 'enabled'>) {
  const asks = [options.tell, options.escalateTo].some((one) => one !== undefined && one[0] !== 'none');
  const channels = asks ? (await session.callRaw(routes.listChannels, {})).channels : [];
  const channelIds = options.tell === undefined ? before.channelIds : idsOf(channels, options.tell);
  return {
    channelIds,
    urgent: options.urgent ?? before.urgent,
    repeatHours: options.repeat === undefined ? before.repeatHours : hoursOrNever(options.repeat),
    escalation: readEscalation(options, channels, before.escalation),
  };
}

function readEscalation(
  { escalateAfter, escalateTo }: RuleOptions,
  channels: readonly Channel[],
  before: NewRule['escalation'],
): NewRule['escalation'] {
  if (escalateAfter === undefined && escalateTo === undefined) return before;
  const afterHours = escalateAfter === undefined ? (before?.afterHours ?? null) : hoursOrNever(escalateAfter);
  if (afterHours === null && escalateTo === undefined) return null;
  const channelIds = escalateTo === undefined ? (before?.channelIds ?? []) : idsOf(channels, escalateTo);
  if (afterHours !== null && channelIds.length > 0) return { afterHours, channelIds };
  throw refusal(
    'usage.escalation',
    'Escalation needs a time and a channel.',
    'Give --escalate-after HOURS and --escalate-to CHANNEL.',
  );
}

function idsOf(channels: readonly Channel[], names: readonly string[]): string[] {
  if (names[0] === 'none') return [];
  return names.map((name) => findNamed('channel', channels, name).id);
}

function threshold(text: string): { below: number | null; belowPercent: number | null } {
  if (text === 'low') return { below: null, belowPercent: null };
  if (text.endsWith('%')) return { below: null, belowPercent: whole(text.slice(0, -1).trim()) };
  return { below: whole(text), belowPercent: null };
}

function hoursOrNever(text: string): number | null {
  return text === 'never' ? null : whole(text);
}

function words(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
}

function numbers(text: string): number[] {
  return text.split(',').map((one) => whole(one.trim()));
}

function whole(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw refusal('usage.number', `“${text}” is not a number.`, 'Give whole numbers from 1.');
}
