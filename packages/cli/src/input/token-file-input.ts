import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Context } from '../context.ts';
import { refusal } from '../refusal.ts';

/** The API's limit; a token file has a few hundred bytes. */
export const MAX_TOKEN_FILE_BYTES = 64 * 1024;

export interface TokenFileInput {
  bytes: Uint8Array<ArrayBuffer>;
  /** Null if it came from standard input. */
  name: string | null;
}

/**
 * Reads the bytes of a token file: a path, or `-` for standard input. Never reads more than one byte past the limit,
 * for files, pipes, and devices alike. Errors: token-file.too-big, usage.file.
 */
export async function readTokenFile(path: string, stdin: Context['stdin']): Promise<TokenFileInput> {
  if (path === '-') return { bytes: await readCapped(stdin), name: null };
  const handle = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(path, cause);
  });
  try {
    const stat = await handle.stat();
    if (stat.isFile() && stat.size > MAX_TOKEN_FILE_BYTES) throw tooBig();
    return { bytes: await readCapped(handle.createReadStream({ autoClose: false })), name: basename(path) };
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause) throw unreadable(path, cause as NodeJS.ErrnoException);
    throw cause;
  } finally {
    await handle.close();
  }
}

async function readCapped(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MAX_TOKEN_FILE_BYTES) throw tooBig();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks, size));
}

// In the server's words, although the server was not asked: the file never left this machine.
function tooBig() {
  return refusal(
    'token-file.too-big',
    'This file is too big to be a content token.',
    'A content token is a small text file, well below 64 KB. The right file ends in .vpptoken: sign in at business.apple.com or school.apple.com, open Preferences, then Payments and Billing, and download the content token of the location. Nothing was stored.',
  );
}

function unreadable(path: string, cause: NodeJS.ErrnoException) {
  const why: Record<string, string> = {
    ENOENT: 'there is no such file',
    EACCES: 'you may not read it',
    EISDIR: 'it is a folder',
  };
  return refusal(
    'usage.file',
    `${path} cannot be read: ${why[cause.code ?? ''] ?? cause.message}.`,
    'Give the path of the .vpptoken file, or - to read it from standard input.',
  );
}
