import { lookup } from 'node:dns/promises';
import { isPrivateAddress } from './private-address.ts';
import { SendError } from './send-error.ts';

/** A target that channels may not reach. */
export class TargetRefused extends SendError {
  override name = 'TargetRefused';
}

export interface Target {
  address: string;
  family: 4 | 6;
}

/**
 * Returns the address to connect to, checked after the name was resolved. The connection uses this address without
 * another lookup, so that a different DNS answer can't redirect it. Errors: TargetRefused; what the lookup throws.
 */
export async function resolveTarget(host: string, allowPrivate: boolean): Promise<Target> {
  const found = await lookup(host.replace(/^\[(.*)\]$/, '$1'), { all: true });
  const fit = allowPrivate ? found : found.filter(({ address }) => !isPrivateAddress(address));
  const [first] = fit;
  if (first === undefined)
    throw new TargetRefused(
      `${host} is a private address. Set WINESAP_ALLOW_PRIVATE_TARGETS=1 if channels may reach such.`,
    );
  return { address: first.address, family: first.family === 6 ? 6 : 4 };
}
