const REASONS: Record<string, string> = {
  ECONNREFUSED:
    'Nothing listens there. Is Winesap running? Start it with winesap serve, or say where it is with --url.',
  ENOTFOUND: 'There is no machine of that name. Check --url or WINESAP_URL.',
  EAI_AGAIN: 'The name of that machine cannot be looked up now. Check the network.',
  EHOSTUNREACH: 'This machine does not reach it. Check the network.',
  ENETUNREACH: 'This machine does not reach it. Check the network.',
  ETIMEDOUT: 'It did not answer in time. Check the network, and whether a firewall stands between.',
  ECONNRESET: 'It broke off the connection. Is it really Winesap that listens there, and with http or with https?',
  UND_ERR_SOCKET: 'It broke off the connection. Is it really Winesap that listens there, and with http or with https?',
  UND_ERR_CONNECT_TIMEOUT: 'It did not answer in time. Check the network, and whether a firewall stands between.',
};

/** Explains why a connection failed; null if the system does not say. */
export function reasonOf(cause: unknown): string | null {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if (error.name === 'TimeoutError') return 'It did not answer in time.';
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) continue;
    if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code))
      return `Its certificate is not trusted here (${code}). NODE_EXTRA_CA_CERTS names a file with your own authority.`;
    return REASONS[code] ?? `The system says ${code}.`;
  }
  return null;
}
