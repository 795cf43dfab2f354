import { SendError } from './send-error.ts';

/** Explains the codes of failed connections to a person who reads the log of a channel. */
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
  ERR_PROXY_TUNNEL: 'The proxy of this network did not let the message through.',
  EENVELOPE: 'The mail server does not accept the sender or a recipient.',
  EMESSAGE: 'The mail server does not accept the message.',
  EPROTOCOL: 'What answers here is no mail server.',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'The receiver does not speak TLS here.',
};

/**
 * Explains why sending failed, in plain words, with the error code. Never quotes the other side: only its numbers,
 * including those of an email server (`550 5.7.1`).
 */
export function plainWords(error: unknown): string {
  if (error instanceof SendError) return error.message;
  const { message = '', code, cause, response, command } = error as Facts;
  const known = [code, cause?.code].find((one): one is string => typeof one === 'string' && Object.hasOwn(WORDS, one));
  const hidden = known ?? Object.keys(WORDS).find((one) => message.includes(one)) ?? tlsCode(message);
  const words = hidden === undefined ? 'Sending failed.' : WORDS[hidden];
  const codes = [typeof code === 'string' && CODE.test(code) ? code : hidden, smtpStatus(response), sentence(command)];
  const shown = codes.filter((part) => part !== undefined && part !== '');
  return shown.length === 0 ? `${words}` : `${words} (${shown.join(', ')})`;
}

interface Facts {
  message?: string;
  code?: unknown;
  cause?: { code?: unknown };
  /** From the email library: the server's response, and the command that it answers. */
  response?: unknown;
  command?: unknown;
}

const CODE = /^[A-Z][A-Z0-9_]{2,60}$/;

/** The numbers at the start of an email server's response. */
export function smtpStatus(response: unknown): string | undefined {
  return typeof response === 'string' ? /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?\b/.exec(response)?.[0] : undefined;
}

function sentence(command: unknown): string | undefined {
  return typeof command === 'string' && /^[A-Z ]{3,20}$/.test(command) ? `after ${command}` : undefined;
}

// NOTE: the email library passes on OpenSSL's errors only as text.
function tlsCode(message: string): string | undefined {
  if (/self[- ]signed certificate in/.test(message)) return 'SELF_SIGNED_CERT_IN_CHAIN';
  if (/self[- ]signed/.test(message)) return 'DEPTH_ZERO_SELF_SIGNED_CERT';
  if (/certificate has expired/.test(message)) return 'CERT_HAS_EXPIRED';
  if (/unable to verify the first certificate/.test(message)) return 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
  if (/altnames/.test(message)) return 'ERR_TLS_CERT_ALTNAME_INVALID';
  return undefined;
}
