import { open } from 'node:fs/promises';
import { MAX_TOKEN_FILE_BYTES } from '@winesap/core';

/**
 * Returns the bytes of a file, pipe, or device; null if there are more than a token file can have. Reads no further
 * than that.
 */
export async function readFileCapped(path: string): Promise<Uint8Array | null> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    if (size > MAX_TOKEN_FILE_BYTES) return null;
    return await readCapped(handle.createReadStream({ autoClose: false, highWaterMark: MAX_TOKEN_FILE_BYTES }));
  } finally {
    await handle.close();
  }
}

export async function readCapped(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MAX_TOKEN_FILE_BYTES) return null;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks, size));
}
