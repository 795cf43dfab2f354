import type { Scan } from '@winesap/api';

export const REASON_WORD: Record<Scan['reason'], string> = {
  button: 'Scan Now',
  schedule: 'on schedule',
  renewal: 'after a renewal',
  added: 'of a new token',
  notification: 'after Apple’s notifications',
};

export const KIND_WORD: Record<NonNullable<Scan['kind']>, string> = {
  full: 'everything',
  changes: 'what changed',
};

export const STATE_WORD: Record<'queued' | 'running', string> = {
  queued: 'Waiting for its turn.',
  running: 'Reading…',
};
