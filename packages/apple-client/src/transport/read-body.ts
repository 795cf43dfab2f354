export interface Body {
  readonly text: string;
  readonly bytes: number;
  /** The limit was reached; the rest was not read. */
  readonly cut: boolean;
}

/** Reads a body up to a limit, so that an endless one can't fill the memory. */
export async function readBody(
  message: { readonly body: ReadableStream<Uint8Array> | null },
  maxBytes: number,
): Promise<Body> {
  const reader = message.body?.getReader();
  if (!reader) return { text: '', bytes: 0, cut: false };
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), bytes, cut: false };
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      // Not awaited, because the peer may never end its body.
      reader.cancel().catch(() => undefined);
      return { text, bytes, cut: true };
    }
    text += decoder.decode(value, { stream: true });
  }
}
