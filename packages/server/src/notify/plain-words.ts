/** What lies behind the codes of connections that fail, for somebody who reads the log of a channel. */
const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The name of the receiver is not known to DNS.',
  EAI_AGAIN: 'The name of the receiver could not be looked up: DNS does not answer.',
  ECONNREFUSED: 'Nobody listens at this address and port.',
  ECONNRESET: 'The receiver ended the connection.',
  ETIMEDOUT: 'The receiver does not answer.',
  EHOSTUNREACH: 'There is no way to this address.',
  ENETUNREACH: 'There is no way to this address.',
  EAUTH: 'The mail server does not accept user and password.',
  ETLS: 'The mail server does not offer the encryption that is asked for.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the receiver is self-signed, so nobody vouches for it.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate of the receiver comes from an authority this machine does not know.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate of the receiver cannot be checked: intermediate ones are missing.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'The certificate of the receiver comes from an authority this machine does not know.',
  CERT_HAS_EXPIRED: 'The certificate of the receiver has expired.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the receiver is for another name.',
  EPROTO: 'The receiver does not speak TLS here.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'The receiver does not speak TLS here.',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'The receiver does not speak TLS here.',
};

/** Why sending failed, in plain words first and then as it was said. */
export function plainWords(error: unknown): string {
  const { message = '', code, cause } = error as { message?: string; code?: unknown; cause?: { code?: unknown } };
  const known = [code, cause?.code].find((one): one is string => typeof one === 'string' && Object.hasOwn(WORDS, one));
  const hidden = known ?? Object.keys(WORDS).find((one) => message.includes(one)) ?? tlsCode(message);
  const said = [typeof code === 'string' ? code : '', message].filter((part) => part !== '').join(': ');
  if (hidden === undefined) return said.slice(0, 300) || 'No answer.';
  return `${WORDS[hidden]} (${said})`.slice(0, 300);
}

// NOTE: the mail library hands on what OpenSSL says as text only.
function tlsCode(message: string): string | undefined {
  if (/self[- ]signed certificate in/.test(message)) return 'SELF_SIGNED_CERT_IN_CHAIN';
  if (/self[- ]signed/.test(message)) return 'DEPTH_ZERO_SELF_SIGNED_CERT';
  if (/certificate has expired/.test(message)) return 'CERT_HAS_EXPIRED';
  if (/unable to verify the first certificate/.test(message)) return 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
  if (/altnames/.test(message)) return 'ERR_TLS_CERT_ALTNAME_INVALID';
  return undefined;
}
