import type { FastifyRequest } from 'fastify';
import type { Log } from '../../log/create-log.ts';

/**
 * Logs once that a proxy's forwarding header is ignored. Without trust, all callers behind that proxy look like one and
 * share one caller's limits.
 */
export function noteUnbelievedProxy(log: Log): (request: FastifyRequest) => Promise<void> {
  let noted = false;
  return async ({ headers, ip, raw }) => {
    if (noted || headers['x-forwarded-for'] === undefined || ip !== raw.socket.remoteAddress) return;
    noted = true;
    log.warn({ from: ip }, 'X-Forwarded-For is ignored; if your proxy sent it, set WINESAP_TRUSTED_PROXIES');
  };
}
