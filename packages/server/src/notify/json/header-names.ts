/**
 * Headers that belong to one connection, or that frame or route the message (RFC 9110, sections 7.2, 7.6.1, and 8.6):
 * with forged values, one request could pass for two. `content-type`, because the body is JSON.
 */
const REFUSED: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Returns the first header that a channel may not set, or that is named twice; null if all are fine. */
export function refusedHeader(
  headers: Readonly<Record<string, string>>,
): { name: string; reason: 'connection' | 'twice' } | null {
  const seen = new Set<string>();
  for (const name of Object.keys(headers)) {
    const lower = name.toLowerCase();
    if (REFUSED.has(lower)) return { name, reason: 'connection' };
    if (seen.has(lower)) return { name, reason: 'twice' };
    seen.add(lower);
  }
  return null;
}
