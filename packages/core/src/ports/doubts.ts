import type { Instant } from '../domain/instant.ts';
import type { Doubt } from '../domain/scans/doubt.ts';
import type { AssetName } from './staging.ts';

export interface Doubts {
  add(uId: string, doubts: readonly Doubt[]): Promise<void>;
  of(uId: string): Promise<(Doubt & { number: number })[]>;
  /** Those up to a number were answered: of one asset, or of all. */
  settle(uId: string, upTo: number, asset: AssetName | null): Promise<void>;
  /** True when the location was not read for their sake since `before`; then it is noted that it is now. */
  mayScan(uId: string, before: Instant, now: Instant): Promise<boolean>;
}
