/**
 * How the way to a PostgreSQL server is protected: `local` never leaves this machine, `verified` is encrypted and the server
 * proves who it is, `unverified` is encrypted, but the server isn't verified, `plain` is read and changed by anybody on the way.
 */
export type DatabaseTls = 'local' | 'verified' | 'unverified' | 'plain';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/**
 * What the client library makes of an address: with `sslmode` `prefer`, `require` and `verify-ca` it verifies as with
 * `verify-full`, unless `uselibpqcompat` asks for PostgreSQL's own, weaker meanings. `pgSslMode` is PGSSLMODE, which counts
 * where the address says nothing.
 */
export function databaseTls(url: string, pgSslMode: string | undefined): DatabaseTls {
  const { hostname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? decodeURIComponent(hostname);
  // A path is a socket of this machine; so is no host at all.
  if (host === '' || host.startsWith('/') || LOOPBACK.test(host)) return 'local';
  const mode = searchParams.get('sslmode') ?? implied(searchParams) ?? pgSslMode;
  switch (mode) {
    case 'verify-full':
      return 'verified';
    case 'prefer':
    case 'require':
    case 'verify-ca':
      return searchParams.get('uselibpqcompat') === 'true' ? 'unverified' : 'verified';
    case 'no-verify':
      return 'unverified';
    default:
      return 'plain';
  }
}

/** Other ways to ask for TLS. */
function implied(parameters: URLSearchParams): string | undefined {
  const ssl = parameters.get('ssl');
  if (ssl === 'true' || ssl === '1') return 'verify-full';
  if (ssl === 'no-verify') return 'no-verify';
  if (['sslcert', 'sslkey', 'sslrootcert'].some((name) => parameters.has(name))) return 'verify-full';
  return parameters.get('sslnegotiation') === 'direct' ? 'verify-full' : undefined;
}
