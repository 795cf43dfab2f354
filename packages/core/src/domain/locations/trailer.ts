import { DAY_MS, type Instant } from '../instant.ts';
import type { MdmInfo } from './claim.ts';
import type { Identity } from './identity.ts';

/** What Apple sends along with every answer about licenses. Null: not said, which for the claim may also mean free. */
export interface Trailer {
  uId: string | null;
  expiresAt: Instant | null;
  mdmInfo: MdmInfo | null;
}

/** A token as far as it says whether its configuration has to be read again. */
interface ConfigReading {
  identity: Identity;
  failure: object | null;
  successAt: Instant | null;
  claimWanted: boolean;
}

/**
 * Whether the configuration read last, by a check or a scan, still counts, unless an answer contradicts it: it was read well,
 * within two checks and a day, nothing is to be claimed, and nothing of it is missing.
 */
export function isConfigFresh(token: ConfigReading, now: Instant, checkEveryMs: number): boolean {
  const { identity, failure, successAt, claimWanted } = token;
  if (failure !== null || successAt === null || claimWanted || identity.appleId === null) return false;
  return now.getTime() - successAt.getTime() <= Math.min(2 * checkEveryMs, DAY_MS);
}

/** Whether what came along differs from what is stored: only the configuration proves then how things are. */
export function contradicts({ uId, expiresAt, mdmInfo }: Trailer, stored: Identity): boolean {
  if (uId !== null && uId !== stored.uId) return true;
  if (expiresAt !== null && expiresAt.getTime() !== stored.expiresAt?.getTime()) return true;
  return holder(mdmInfo) !== holder(stored.mdmInfo);
}

function holder(mdmInfo: MdmInfo | null): string {
  return mdmInfo === null || mdmInfo.id === null || mdmInfo.id === '' ? '' : `${mdmInfo.id}\n${mdmInfo.name ?? ''}`;
}
