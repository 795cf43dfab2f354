/** Error codes of the runtimes that mean that no connection was made, so no request was sent. */
const NO_CONNECTION = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
  'FailedToOpenSocket',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

interface SystemError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly errors?: unknown;
  readonly cause?: unknown;
  readonly message?: unknown;
}

/**
 * Whether a failed `fetch` certainly sent nothing. `fetch` does not say; Node, Bun, and Deno leave a code in the error
 * or its cause. Anything uncertain counts as possibly sent.
 */
export function neverSent(error: unknown): boolean {
  const found = lastCause(error);
  if (Array.isArray(found?.errors) && found.errors.length > 0) return found.errors.every(neverSent);
  if (typeof found?.code !== 'string') return false;
  return NO_CONNECTION.has(found.code) || found.syscall === 'connect' || found.syscall === 'getaddrinfo';
}

/** The network's message for a failed `fetch`: code and message of the innermost cause. */
export function networkWords(error: unknown): string {
  const found = lastCause(error);
  const first = Array.isArray(found?.errors) ? lastCause(found.errors[0]) : found;
  const words = [first?.code ?? found?.code, first?.message].filter((word) => typeof word === 'string' && word !== '');
  return words.join(' ');
}

function lastCause(error: unknown): SystemError | null {
  let found = error;
  for (let depth = 0; depth < 5; depth++) {
    if (typeof found !== 'object' || found === null) return null;
    const { cause } = found as SystemError;
    if (typeof cause !== 'object' || cause === null) return found as SystemError;
    found = cause;
  }
  return null;
}
