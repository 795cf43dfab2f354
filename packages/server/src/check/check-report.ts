import type { MdmInfo, NextStepKind, TokenState } from '@winesap/core';
import type { CheckLevel } from './check-level.ts';

/** `not-asked`: the file looks valid, and Apple was not asked. */
export type CheckedState = TokenState | 'not-asked';

/** What is known about the token in one file. Contains no secrets. */
export interface TokenCheck {
  kind: 'token';
  /** The path as given or found; `-` for standard input. */
  file: string;
  level: CheckLevel;
  state: CheckedState;
  label: string;
  title: string;
  cause: string;
  consequence: string;
  nextStep: { kind: NextStepKind; text: string };
  /** Apple's answer in one line; null if it was a success or Apple was not asked. */
  apple: string | null;
  /** ISO 8601 in UTC; Apple's date takes precedence over the file's. */
  expiresAt: string | null;
  /** Whole days, rounded down; negative after expiry. */
  daysLeft: number | null;
  /** Only Apple knows these three: null if it was not asked or refused. */
  uId: string | null;
  locationName: string | null;
  country: string | null;
  /** As the file names it. */
  organizationName: string | null;
  /** Who manages the location at Apple; null if the location is free or Apple was not asked. */
  claim: MdmInfo | null;
}

/** A file that is something else, or could not be read. */
export interface OtherFile {
  kind: 'other';
  file: string;
  /** Null inside a folder, where other files are normal: it does not change the result. */
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
