import type { ErrorCode } from '../../errors.ts';
import { parseAppleDate } from '../apple-date.ts';
import { decodeBase64 } from '../base64.ts';
import type { Instant } from '../instant.ts';
import { decodeUtf8 } from '../utf8.ts';
import { kindOfCms } from './cms.ts';

/** Real files have a few hundred bytes. Anything larger than this is another kind of file. */
export const MAX_TOKEN_FILE_BYTES = 64 * 1024;

/** The token is sent in a header, and servers limit headers; Apple's limit is not documented. */
const MAX_TEXT_LENGTH = 8 * 1024;

export type TokenFileRefusal = Extract<ErrorCode, `token-file.${string}`>;

export type TokenFileReading =
  | {
      kind: 'content-token';
      /** The Base64 text of the file without line breaks, which Apple accepts as the bearer. Secret. */
      text: string;
      organizationName: string | null;
      /** Null if the file does not say, or says it in an unknown form: Apple is asked in any case. */
      expiresAt: Instant | null;
    }
  | { kind: 'refused'; code: TokenFileRefusal };

/**
 * Identifies a file by its content only, because names can be wrong. Line breaks, byte order marks, missing padding,
 * and pretty-printed JSON are all accepted. Anything but a content token yields the code of what it is.
 * Source: fact sheet §1.1 (format documented; the mix-up with enrollment tokens reported by vendors).
 */
export function readTokenFile(bytes: Uint8Array): TokenFileReading {
  if (bytes.length > MAX_TOKEN_FILE_BYTES) return refused('token-file.too-big');
  const content = decodeUtf8(bytes)?.trim();
  if (content === undefined) return refused(cmsRefusal(bytes) ?? 'token-file.not-base64');
  if (content === '') return refused('token-file.empty');

  const lookalike = recognizeLookalike(content);
  if (lookalike !== null) return refused(lookalike);
  if (content.startsWith('{'))
    return refused(isTokenJson(content) ? 'token-file.inner-token' : 'token-file.not-base64');

  const text = content.replace(/\s+/g, '');
  const decoded = decodeBase64(text);
  if (decoded === null) return refused('token-file.not-base64');
  const json = decodeUtf8(decoded)?.trim();
  if (json === undefined || !json.startsWith('{')) return refused(kindOfUndecodable(decoded, json, text));

  return readJson(json, text);
}

function readJson(json: string, text: string): TokenFileReading {
  const value = parseJson(json);
  if (value === null) return refused('token-file.not-json');
  if (typeof value.token !== 'string' || value.token.trim() === '') return refused('token-file.no-token');
  if (text.length > MAX_TEXT_LENGTH) return refused('token-file.too-big');
  return {
    kind: 'content-token',
    text,
    organizationName: typeof value.orgName === 'string' ? value.orgName : null,
    expiresAt: parseAppleDate(value.expDate),
  };
}

/** Other files that admins have at hand on such a day, recognized by how they start. */
function recognizeLookalike(content: string): TokenFileRefusal | null {
  const start = content.slice(0, 4000).toLowerCase();
  if (/^(<!doctype html|<html|<head|<body)/.test(start)) return 'token-file.html';
  if (start.includes('application/pkcs7-mime') || start.includes('smime.p7m')) return 'token-file.enrollment-token';
  if (start.startsWith('-----begin pkcs7') || start.startsWith('-----begin cms')) return 'token-file.enrollment-token';
  if (start.startsWith('-----begin')) return 'token-file.certificate';
  if (start.includes('<!doctype plist') || start.includes('<plist')) return 'token-file.configuration-profile';
  if (start.includes('consumer_secret') && start.includes('access_token')) return 'token-file.enrollment-token';
  if (start.startsWith('<')) return 'token-file.html';
  return null;
}

/** Base64 that does not contain JSON: either the secret from inside the file or an enrollment token. */
function kindOfUndecodable(decoded: Uint8Array, json: string | undefined, text: string): TokenFileRefusal {
  const cms = cmsRefusal(decoded);
  if (cms !== null) return cms;
  if (json !== undefined && json.length > 0) return 'token-file.not-json';
  return text.length >= 40 && text.length <= 2000 ? 'token-file.inner-token' : 'token-file.not-json';
}

function cmsRefusal(bytes: Uint8Array): TokenFileRefusal | null {
  const kind = kindOfCms(bytes);
  return kind === null ? null : `token-file.${kind}`;
}

function isTokenJson(content: string): boolean {
  return typeof parseJson(content)?.token === 'string';
}

function parseJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function refused(code: TokenFileRefusal): TokenFileReading {
  return { kind: 'refused', code };
}
