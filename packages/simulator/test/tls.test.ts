import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeCertificate, startSimulator } from '../src/index.ts';
import { certificateIn } from '../src/tls/certificate-folder.ts';

/** A GET that trusts this certificate alone, as the host `servername` at that address. */
function get(url: string, ca: string, servername: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const message = request(url, { ca, servername, agent: false, headers: { host: servername } }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    });
    message.on('error', reject);
    message.end();
  });
}

test('https with a certificate of its own, also under the name of Apple’s host', async () => {
  const tls = makeCertificate(['localhost', '127.0.0.1', 'vpp.itunes.apple.com'], Date.now());
  const simulator = await startSimulator({ tls });
  const other = makeCertificate(['localhost'], Date.now());

  const path = `${simulator.url}/mdm/v2/service/config`;
  const asLocal = JSON.parse(await get(path, tls.cert, 'localhost'));
  const asApple = JSON.parse(await get(path, tls.cert, 'vpp.itunes.apple.com'));
  const untrusted = get(path, other.cert, 'localhost');

  await expect(untrusted).rejects.toThrow();
  await expect(get(path, tls.cert, 'elsewhere.example')).rejects.toThrow(/altnames/i);
  await simulator.close();
  expect(simulator.url).toMatch(/^https:/);
  expect(asLocal.limits.maxAssets).toBe(25);
  expect(asApple.urls.getAssets).toBe('https://vpp.itunes.apple.com/mdm/v2/assets');
});

test('a folder keeps its certificate, the key for its owner alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tls-'));

  const first = certificateIn(join(folder, 'new'));
  const second = certificateIn(join(folder, 'new'));
  const { mode } = await stat(join(folder, 'new/key.pem'));
  await rm(folder, { recursive: true });

  expect(second).toEqual(first);
  expect(mode & 0o777).toBe(0o600);
  const certificate = new X509Certificate(first.cert);
  expect(certificate.subjectAltName).toContain('DNS:vpp.itunes.apple.com');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
});
