import { DAY_MS, type Instant } from '../instant.ts';
import type { MdmInfo } from './claim.ts';
import type { Identity } from './identity.ts';

/** What Apple sends with every answer about licenses. Null: left out, which for the claim can also mean free. */
export interface Trailer {
  uId: string | null;
  expiresAt: Instant | null;
  mdmInfo: MdmInfo | null;
}

/** The parts of a token that decide whether its configuration has to be read again. */
interface ConfigReading {
  identity: Identity;
  failure: object | null;
  successAt: Instant | null;
  claimWanted: boolean;
}

/**
 * Whether the configuration that a check or scan read last still counts, unless an answer contradicts it: it was read
 * successfully, within two checks and a day, no claim is wanted, and nothing is missing from it.
 */
export function isConfigFresh(token: ConfigReading, now: Instant, checkEveryMs: number): boolean {
  const { identity, failure, successAt, claimWanted } = token;
  if (failure !== null || successAt === null || claimWanted || identity.appleId === null) return false;
  return now.getTime() - successAt.getTime() <= Math.min(2 * checkEveryMs, DAY_MS);
}

/** Whether the trailer differs from what is stored. If so, only the configuration is proof. */
export function contradicts({ uId, expiresAt, mdmInfo }: Trailer, stored: Identity): boolean {
  if (uId !== null && uId !== stored.uId) return true;
  if (expiresAt !== null && expiresAt.getTime() !== stored.expiresAt?.getTime()) return true;
  return holder(mdmInfo) !== holder(stored.mdmInfo);
}

function holder(mdmInfo: MdmInfo | null): string {
  return mdmInfo === null || mdmInfo.id === null || mdmInfo.id === '' ? '' : `${mdmInfo.id}\n${mdmInfo.name ?? ''}`;
}
