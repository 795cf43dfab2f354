/**
 * How the connection to a PostgreSQL server is protected. `local`: never leaves this machine. `verified`: encrypted,
 * and the server proves its identity. `unverified`: encrypted, but the server isn't verified. `plain`: anyone on the
 * network path can read and change it.
 */
export type DatabaseTls = 'local' | 'verified' | 'unverified' | 'plain';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/**
 * Returns how the client library interprets an address: `sslmode` `prefer`, `require`, and `verify-ca` verify like
 * `verify-full`, unless `uselibpqcompat` selects PostgreSQL's own, weaker meanings. `pgSslMode` is PGSSLMODE, the
 * default if the address says nothing.
 */
export function databaseTls(url: string, pgSslMode: string | undefined): DatabaseTls {
  const { hostname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? decodeURIComponent(hostname);
  // A path is a socket on this machine, and so is an empty host.
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

/** Other ways to request TLS. */
function implied(parameters: URLSearchParams): string | undefined {
  const ssl = parameters.get('ssl');
  if (ssl === 'true' || ssl === '1') return 'verify-full';
  if (ssl === 'no-verify') return 'no-verify';
  if (['sslcert', 'sslkey', 'sslrootcert'].some((name) => parameters.has(name))) return 'verify-full';
  return parameters.get('sslnegotiation') === 'direct' ? 'verify-full' : undefined;
}
