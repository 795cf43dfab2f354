import { type AppleFailure, appleSaid, healthWords, stateOfFailure } from '@winesap/core';

/** The facts behind a refusal, and how its text shows them. */
export type Data = Readonly<Record<string, unknown>>;

export const text = (value: unknown, otherwise = '…') =>
  typeof value === 'string' && value !== '' ? value : otherwise;
export const day = (value: unknown) => (typeof value === 'string' ? value.slice(0, 10) : 'an unknown day');
export const names = (value: unknown) =>
  Array.isArray(value) ? value.map((one) => text((one as Data).policyName ?? one)).join(', ') : '…';
export const holder = (data: Data) => text((data.holder as Data | undefined)?.name, 'an unnamed server');
export const apple = (data: Data) => (data.failure === undefined ? '' : ` ${appleSaid(data.failure as AppleFailure)}`);

/** Why Apple refuses, in the words of the state that a token would have. */
export function refusal(data: Data) {
  const failure = (data.failure ?? null) as AppleFailure | null;
  const portal = 'business.apple.com or school.apple.com';
  const facts = { locationName: 'this location', daysLeft: null, claimName: null, failure, portal } as const;
  return healthWords(failure === null ? 'refused' : stateOfFailure(failure), facts);
}

export function side(value: unknown): string {
  const { uId, locationName } = (value ?? {}) as Data;
  return `${text(locationName)} (identification number ${text(uId)})`;
}

export function wait(data: Data): string {
  const failure = data.failure as AppleFailure | undefined;
  const ms = failure?.kind === 'refused' ? failure.retryAfterMs : null;
  if (ms === null || ms === undefined) return 'a minute';
  const minutes = Math.ceil(ms / 60_000);
  return ms < 90_000 ? `${Math.ceil(ms / 1000)} seconds` : `${minutes} minutes`;
}

/** How a refusal is answered. */
export interface Words {
  status: number;
  title: string | ((data: Data) => string);
  detail: string | ((data: Data) => string);
}
