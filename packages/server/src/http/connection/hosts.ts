import type { FastifyRequest } from 'fastify';
import { Refusal } from '../refusals/refusal.ts';

/**
 * Refuses requests for a host that is not ours, so that a page of another site can't reach this server by resolving its
 * own name to our address (DNS rebinding). Ours are the loopback names, the public address, the configured names, and
 * the address at which the connection arrived, which DNS can't fake.
 */
export function refuseForeignHost(publicUrl: string | null, allowed: readonly string[]) {
  const known = new Set([
    ...allowed.map((name) => name.toLowerCase()),
    ...(publicUrl === null ? [] : [new URL(publicUrl).hostname]),
  ]);
  return async (request: FastifyRequest): Promise<void> => {
    if (request.routeOptions.config.anyHost === true) return;
    const host = hostnameOf(request.headers.host);
    if (host === null)
      throw new Refusal('request.invalid', { problems: ['the Host header: isn’t the name of a host.'] });
    const isOurs = known.has(host) || isLoopback(host) || host === hostOf(request.raw.socket.localAddress);
    if (!isOurs) throw new Refusal('request.foreign-host', { host });
  };
}

/** Returns the host without the port, in the URL's normal form; null if it isn't one. */
function hostnameOf(header: string | undefined): string | null {
  if (header === undefined || !/^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i.test(header)) return null;
  const url = `http://${header}`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, '') : null;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || /^127(\.\d+){3}$/.test(host) || host === '[::1]';
}

/** Returns a socket's address as in a Host header. */
function hostOf(address = ''): string {
  const bare = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/, '');
  return bare.includes(':') ? (hostnameOf(`[${bare}]`) ?? '') : bare;
}
