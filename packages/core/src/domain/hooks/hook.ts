import type { AppleFailure } from '../apple-failure.ts';
import type { Instant } from '../instant.ts';
import type { ClaimState, Mode } from '../locations/claim.ts';

/** The notification settings of a location at Apple. The secret appears only as its mark. */
export interface ShownHook {
  url: string | null;
  secretMark: string | null;
  types: readonly string[];
}

/**
 * `wanted`: not set at Apple yet. `set`: Apple shows what we want. `drifted`: Apple used to show it and now shows
 * something else. `refused`: Apple did not accept it. `released`: Winesap asked Apple to stop notifying us.
 */
export type HookState = 'wanted' | 'set' | 'drifted' | 'refused' | 'released';

/** Whose address Apple shows: none, ours, ours under another public address, or another system's. */
export type ShownAddress = 'nothing' | 'ours' | 'moved' | 'foreign';

/** The address that Apple notifies of changes at a location. */
export interface Hook {
  uId: string;
  /** The last part of the address. */
  path: string;
  secret: string;
  secretMark: string;
  secretAt: Instant;
  /** On its way to Apple. Both secrets are accepted until Apple shows the new one. */
  next: { secret: string; mark: string; at: Instant } | null;
  rotationWanted: boolean;
  state: HookState;
  wantedTypes: readonly string[];
  typesAt: Instant | null;
  failure: AppleFailure | null;
  attempts: number;
  nextTryAt: Instant | null;
}

/** The types that Winesap can process. Apple's service configuration says which of them it sends. */
const KNOWN_TYPES: readonly string[] = [
  'ASSET_COUNT',
  'ASSET_MANAGEMENT',
  'SUBSCRIPTION_COUNT',
  'SUBSCRIPTION_MANAGEMENT',
  'UNLIMITED_ASSET',
  'USER_ASSOCIATED',
  'USER_MANAGEMENT',
];

/** Everything that Apple offers, including unknown types: those are stored, and show that something changed. */
export function wantedTypes(offered: readonly string[]): string[] {
  const types = offered.length === 0 ? KNOWN_TYPES : offered;
  return types.filter((type) => type !== 'TEST_NOTIFICATION').sort();
}

export function missingTypes(wanted: readonly string[], shown: readonly string[]): string[] {
  return wanted.filter((type) => !shown.includes(type));
}

/** `base` is our public address up to the path; null where notifications are switched off. */
export function shownAddress(url: string | null, base: string | null, path: string | null): ShownAddress {
  if (url === null || url === '') return 'nothing';
  if (path === null) return 'foreign';
  if (base !== null && url === base + path) return 'ours';
  return url.endsWith(`/hooks/apple/${path}`) ? 'moved' : 'foreign';
}

/** Why the configuration at Apple has to change, most important reason first. */
export type HookReason = 'first' | 'gone' | 'moved' | 'foreign' | 'secret' | 'types' | 'rotation';
export type HookPlan = { do: 'nothing' } | { do: 'set'; because: HookReason[] } | { do: 'release' };

export interface HookFacts {
  base: string | null;
  mode: Mode;
  claim: ClaimState;
  hook: Hook | null;
  shown: ShownHook;
  rotateEveryMs: number;
}

/**
 * Returns what to do about a location's notifications. Only where we hold the claim: another system that manages a
 * location has a right to its own address, and a watched location is never written to.
 */
export function planHook({ base, mode, claim, hook, shown, rotateEveryMs }: HookFacts, now: Instant): HookPlan {
  if (mode !== 'manage' || claim !== 'ours') return { do: 'nothing' };
  const address = shownAddress(shown.url, base, hook?.path ?? null);
  if (base === null) return address === 'moved' && shown.types.length > 0 ? { do: 'release' } : { do: 'nothing' };
  if (hook === null) return { do: 'set', because: ['first'] };
  const because: HookReason[] = [];
  const before = hook.state === 'set' || hook.state === 'drifted';
  if (address === 'nothing') because.push(before ? 'gone' : 'first');
  else if (address !== 'ours') because.push(before || address === 'moved' ? address : 'first');
  else if (shown.secretMark !== hook.secretMark && shown.secretMark !== hook.next?.mark) because.push('secret');
  if (because.length === 0 && missingTypes(hook.wantedTypes, shown.types).length > 0) because.push('types');
  if (isRotationDue(hook, shown, rotateEveryMs, now)) because.push('rotation');
  return because.length === 0 ? { do: 'nothing' } : { do: 'set', because };
}

/** Requested by a person, due by age, or started without reaching Apple. */
function isRotationDue(hook: Hook, shown: ShownHook, rotateEveryMs: number, now: Instant): boolean {
  if (hook.next !== null) return shown.secretMark !== hook.next.mark;
  return hook.rotationWanted || now.getTime() - hook.secretAt.getTime() >= rotateEveryMs;
}

/** Waits longer after every failure: one minute, four, a quarter of an hour … then a day. */
export function nextTryMs(attempts: number): number {
  return Math.min(24 * 60, 4 ** Math.max(0, attempts - 1)) * 60_000;
}
