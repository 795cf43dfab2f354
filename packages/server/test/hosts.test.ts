import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { refuseForeignHost } from '../src/http/connection/hosts.ts';

/** A connection that arrived at this address and asks for this host. */
function arriving(localAddress: string, host: string): FastifyRequest {
  const request = { headers: { host }, routeOptions: { config: {} }, raw: { socket: { localAddress } } };
  return request as unknown as FastifyRequest;
}

const refuse = refuseForeignHost(null, []);

test.each([
  ['10.0.0.5', '10.0.0.5:8470'],
  ['::ffff:10.0.0.5', '10.0.0.5'],
  ['fd00::5', '[fd00::5]:8470'],
  ['fd00::5', '[fd00:0:0::0005]'],
  ['fe80::5%eth0', '[fe80::5]'],
])('a probe that reaches %s by that address is answered', async (localAddress, host) => {
  await expect(refuse(arriving(localAddress, host))).resolves.toBeUndefined();
});

test.each([
  ['10.0.0.5', '10.0.0.6'],
  ['10.0.0.5', 'winesap'],
  ['fd00::5', '[fd00::6]'],
])('at %s the host %s is somebody else', async (localAddress, host) => {
  await expect(refuse(arriving(localAddress, host))).rejects.toMatchObject({ code: 'request.foreign-host' });
});
