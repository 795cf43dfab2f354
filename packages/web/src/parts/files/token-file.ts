import { ApiProblem, type Problem } from '@winesap/api';
import { size } from '@winesap/api/words';
import { shortDate } from '../../data/times.ts';

/** Apple's files have about 500 bytes; the server refuses more than this. */
const MAX_BYTES = 64 * 1024;

/** A file as the person gave it, held in memory only. It stands there at once; its content follows. */
export interface ChosenFile {
  name: string;
  bytes: number;
  /** The bytes as they were when the file was chosen. Errors: ApiProblem `console.unreadable-file`. */
  content: Promise<Blob>;
  /** What it looks like from here. The server and Apple say what it is. Never fails. */
  looksLike: Promise<string>;
}

export type Choice =
  | { file: ChosenFile; problem: null }
  | { file: null; problem: Pick<Problem, 'title' | 'detail' | 'code'> };

/** Takes a dropped or chosen file. One that is far too big is refused here, before a byte of it is read. */
export function takeFile(file: File): Choice {
  if (file.size > MAX_BYTES)
    return {
      file: null,
      problem: {
        code: 'token-file.too-big',
        // The server's own words for the same refusal.
        title: 'This file is too big to be a content token.',
        detail: `“${file.name}” has ${size(file.size)}. A content token is a small text file, well below ${MAX_BYTES / 1024} KB. The right file ends in .vpptoken: sign in at business.apple.com or school.apple.com, open Preferences, then Payments and Billing, and download the content token of the location. Nothing was stored.`,
      },
    };
  // Read now: the file may be moved or deleted between the first Save and the last.
  const bytes = file.arrayBuffer();
  return {
    file: {
      name: file.name,
      bytes: file.size,
      content: settledLater(
        bytes.then(
          (read) => new Blob([read]),
          (cause) => {
            throw unreadable(file.name, cause);
          },
        ),
      ),
      looksLike: bytes.then(looksLike, () => 'cannot be read'),
    },
    problem: null,
  };
}

/** Names what the bytes look like, for the eye only: nothing is refused on this. */
export function looksLike(bytes: ArrayBuffer): string {
  if (bytes.byteLength === 0) return 'an empty file';
  const text = new TextDecoder()
    .decode(bytes)
    .replace(/^\uFEFF/, '')
    .trim();
  try {
    const inner: unknown = JSON.parse(atob(text.replace(/\s+/g, '')));
    if (typeof inner === 'object' && inner !== null && 'token' in inner) {
      const owner = 'orgName' in inner && typeof inner.orgName === 'string' ? ` of ${inner.orgName}` : '';
      return `Apps and Books content token${owner}${expiryWords(inner)}`;
    }
  } catch {
    // Not Base64, or no JSON in it: something else.
  }
  if (/^<(!doctype|html)/i.test(text)) return 'a web page';
  return 'not recognised yet; Save asks what it is';
}

function expiryWords(inner: object): string {
  if (!('expDate' in inner) || typeof inner.expDate !== 'string') return '';
  const at = Date.parse(inner.expDate.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at) ? '' : `, expires ${shortDate(new Date(at).toISOString())}`;
}

function unreadable(name: string, cause: unknown): ApiProblem {
  const problem = {
    type: 'about:blank',
    status: 0,
    code: 'console.unreadable-file',
    title: `“${name}” cannot be read.`,
    detail: 'It may be a folder, or it was moved or deleted. Choose the file again.',
  };
  return new ApiProblem(problem, { cause });
}

/** A promise that nobody may wait for yet: its failure is told to whoever asks, and is no unhandled one. */
function settledLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
