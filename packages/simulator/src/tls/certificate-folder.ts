import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appleHosts, type Certificate, makeCertificate } from './certificate.ts';

/** The certificate kept in a folder as `certificate.pem` and `key.pem`; made there the first time, so that it is trusted once. */
export function certificateIn(folder: string): Certificate {
  const cert = join(folder, 'certificate.pem');
  const key = join(folder, 'key.pem');
  if (!existsSync(cert) || !existsSync(key)) {
    const made = makeCertificate(['localhost', '127.0.0.1', ...appleHosts], Date.now());
    mkdirSync(folder, { recursive: true });
    writeFileSync(key, made.key, { mode: 0o600 });
    writeFileSync(cert, made.cert);
  }
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}
