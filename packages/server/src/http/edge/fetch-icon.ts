const MAX_ICON_BYTES = 512 * 1024;
const WITHIN_MS = 8_000;
const KINDS = /^image\/(png|jpeg|webp|svg\+xml)$/;

/**
 * Returns an icon from the address that the store named, which must be at one of Apple's hosts. Null if there is none.
 * Stops downloading an icon that is too big.
 */
export async function fetchIcon(url: string, appleUrl: string): Promise<{ bytes: Uint8Array; type: string } | null> {
  if (!isOfStore(url, appleUrl)) return null;
  const ended = new AbortController();
  try {
    const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(WITHIN_MS)]);
    const response = await fetch(url, { redirect: 'error', signal });
    const type = response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
    if (!response.ok || !KINDS.test(type)) return null;
    const bytes = await readAtMost(MAX_ICON_BYTES, response);
    return bytes === null ? null : { bytes, type };
  } catch {
    // The store is unreachable; the next view tries again, and the console shows a letter until then.
    return null;
  } finally {
    // Discards the rest of an unwanted response.
    ended.abort();
  }
}

/** Returns null as soon as the size exceeds the limit. */
async function readAtMost(most: number, response: Response): Promise<Uint8Array | null> {
  if (response.body === null || Number(response.headers.get('content-length')) > most) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function isOfStore(url: string, appleUrl: string): boolean {
  const { protocol, hostname, origin } = new URL(url);
  return (
    origin === new URL(appleUrl).origin || (protocol === 'https:' && /(^|\.)(mzstatic|apple)\.com$/.test(hostname))
  );
}
