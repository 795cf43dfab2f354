import type { MdmInfo, NextStepKind, TokenState } from '@winesap/core';
import type { CheckLevel } from './check-level.ts';

/** `not-asked`: the file says that the token lives, and nobody asked Apple whether that is so. */
export type CheckedState = TokenState | 'not-asked';

/** What is known about the token in one file. Nothing of it is secret. */
export interface TokenCheck {
  kind: 'token';
  /** The path as it was given or found; `-` for standard input. */
  file: string;
  level: CheckLevel;
  state: CheckedState;
  label: string;
  title: string;
  cause: string;
  consequence: string;
  nextStep: { kind: NextStepKind; text: string };
  /** What Apple said, in one line; null when it answered well or was not asked. */
  apple: string | null;
  /** ISO 8601 in UTC; Apple's word goes before the file's. */
  expiresAt: string | null;
  /** Whole days, rounded down; negative after expiry. */
  daysLeft: number | null;
  /** These three only Apple knows: null when it was not asked or refused. */
  uId: string | null;
  locationName: string | null;
  country: string | null;
  /** As the file names it. */
  organizationName: string | null;
  /** Who manages the location at Apple; null when nobody does or nobody was asked. */
  claim: MdmInfo | null;
}

/** A file that is something else, or could not be read. */
export interface OtherFile {
  kind: 'other';
  file: string;
  /** Null in a folder, where other files may well lie: it changes nothing about the result. */
  level: 'unknown' | null;
  code: string;
  title: string;
  detail: string;
}

export interface CheckReport {
  level: CheckLevel;
  checkedAt: string;
  /** Apple was not asked. */
  offline: boolean;
  warnDays: number;
  criticalDays: number;
  /** Worst first, then by days left. */
  tokens: TokenCheck[];
  others: OtherFile[];
}
