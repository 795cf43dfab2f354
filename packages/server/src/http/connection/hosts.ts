import type { FastifyRequest } from 'fastify';
import { Refusal } from '../refusals/refusal.ts';

/**
 * Refuses requests for a host that is not us: a page of another site cannot talk to this server by letting its own name
 * lead to our address (DNS rebinding). Ours are the names of this machine's loopback, the public address, the names that
 * are set, and the very address the connection came in at, which no name leads away from.
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

/** Without the port, in the one spelling that URLs give it; null when it is none. */
function hostnameOf(header: string | undefined): string | null {
  if (header === undefined || !/^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i.test(header)) return null;
  const url = `http://${header}`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, '') : null;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || /^127(\.\d+){3}$/.test(host) || host === '[::1]';
}

/** A socket's address as it is in a Host header. */
function hostOf(address = ''): string {
  const bare = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/, '');
  return bare.includes(':') ? (hostnameOf(`[${bare}]`) ?? '') : bare;
}
