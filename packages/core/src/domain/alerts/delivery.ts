import { DAY_MS, HOUR_MS, MINUTE_MS } from '../instant.ts';
import { count } from '../quote.ts';
import type { Report } from './report.ts';
import type { RuleCondition } from './rule.ts';

/** One alert in a message. */
export interface AlertInMessage {
  id: string;
  kind: RuleCondition['kind'];
  title: string;
  text: string;
  tokenId: string;
  organizationId: string;
  organizationName: string;
  locationName: string;
}

/** What a channel sends: one alert, several that came together, a test, or a report. */
export interface Message {
  /** The same for every attempt: receivers use it to drop repeats. */
  id: string;
  kind: 'alerts' | 'test' | 'report';
  title: string;
  text: string;
  createdAt: string;
  /** The number of alerts it covers, which can be more than it lists. */
  total: number;
  alerts: readonly AlertInMessage[];
  /** Where to look in the console, if the console has an address that others can reach. */
  link: string | null;
  report?: Report;
}

export type MessageDraft = Omit<Message, 'id' | 'createdAt'>;

/** An alert to send, and why now. */
export interface PendingAlert {
  alert: AlertInMessage;
  why: 'new' | 'again' | 'escalated';
  resolved: boolean;
  acknowledged: boolean;
}

/** More than this many at once for one channel are combined in one message. */
const COMBINE_ABOVE = 5;
/** This many are listed in the text of a combined message, and this many in its data. */
const SHOWN = 10;
const LISTED = 100;
/** A delivery is abandoned after this long without success. */
export const GIVE_UP_AFTER_MS = 3 * DAY_MS;

const WAITS_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS] as const;
/** No delivery waits longer than this for its next attempt. */
export const LONGEST_WAIT_MS = HOUR_MS;

/** Returns how long to wait after that many failed attempts: longer if the receiver asked for it, within limits. */
export function retryAfterMs(attempts: number, askedMs = 0): number {
  return Math.max(WAITS_MS[attempts - 1] ?? LONGEST_WAIT_MS, Math.min(askedMs, LONGEST_WAIT_MS));
}

/**
 * Returns the messages for one channel: one per alert, or a single one if there are many or the channel gathers them.
 */
export function messagesFor(
  pendingAlerts: readonly PendingAlert[],
  gather: boolean,
  consoleUrl: string | null,
): MessageDraft[] {
  const link = consoleUrl === null ? null : `${consoleUrl}/alerts`;
  const told = onceEach(pendingAlerts).map(({ alert, ...why }) => ({
    ...alert,
    title: `${prefix(why)}${alert.title}`,
  }));
  if (told.length > 1 && (gather || told.length > COMBINE_ABOVE)) return [combined(told, link)];
  return told.map((one) => ({ kind: 'alerts', title: one.title, text: one.text, total: 1, alerts: [one], link }));
}

/** If an alert was repeated while it waited, only the last entry counts. */
function onceEach(pendingAlerts: readonly PendingAlert[]): PendingAlert[] {
  const byAlert = new Map<string, PendingAlert>();
  for (const pending of pendingAlerts) {
    const before = byAlert.get(pending.alert.id);
    if (before === undefined || before.why === 'again') byAlert.set(pending.alert.id, pending);
  }
  return [...byAlert.values()];
}

function prefix({ why, resolved, acknowledged }: Omit<PendingAlert, 'alert'>): string {
  if (resolved) return 'Resolved meanwhile: ';
  if (why === 'escalated') return 'Nobody has acknowledged: ';
  if (why === 'again' && !acknowledged) return 'Still: ';
  return '';
}

function combined(unsorted: readonly AlertInMessage[], link: string | null): MessageDraft {
  const told = unsorted.toSorted((a, b) => PRESSING.indexOf(a.kind) - PRESSING.indexOf(b.kind));
  const lines = told.slice(0, SHOWN).map(({ title, organizationName }) => `• ${organizationName}: ${title}`);
  const more = told.length - lines.length;
  if (more > 0)
    lines.push(`… and ${count(more, 'more', 'more')}${link === null ? ', in the console under Alerts' : ''}.`);
  return {
    kind: 'alerts',
    title: `${count(told.length, 'alert')} from Winesap`,
    text: [`${countsOf(told)}.`, '', ...lines].join('\n'),
    total: told.length,
    alerts: told.slice(0, LISTED),
    link,
  };
}

/** The order in which a combined message lists its alerts. */
const PRESSING: readonly AlertInMessage['kind'][] = [
  'state',
  'claim',
  'expiry',
  'scan',
  'assignments',
  'licenses',
  'notifications',
];

const KIND_WORDS: Record<AlertInMessage['kind'], [one: string, many: string]> = {
  expiry: ['token about to expire', 'tokens about to expire'],
  state: ['change of health', 'changes of health'],
  scan: ['location that cannot be read', 'locations that cannot be read'],
  licenses: ['asset low on licenses', 'assets low on licenses'],
  claim: ['claim changed', 'claims changed'],
  notifications: ['location without notifications', 'locations without notifications'],
  assignments: ['location with failed assignments', 'locations with failed assignments'],
};

function countsOf(told: readonly AlertInMessage[]): string {
  const counts = new Map<AlertInMessage['kind'], number>();
  for (const { kind } of told) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = [...counts].map(([kind, n]) => count(n, ...KIND_WORDS[kind]));
  const organizations = new Set(told.map(({ organizationId }) => organizationId)).size;
  return `${parts.join(', ')}, in ${count(organizations, 'organization')}`;
}
