/** Decodes UTF-8 strictly and drops a leading byte order mark. Returns null if the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  let escaped = '';
  for (const byte of bytes) escaped += byte < 0x80 && byte !== 0x25 ? String.fromCharCode(byte) : percent(byte);
  try {
    const text = decodeURIComponent(escaped);
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  } catch {
    return null;
  }
}

/** Returns the bytes of an ASCII text, such as Base64. */
export function encodeAscii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function percent(byte: number): string {
  return `%${byte.toString(16).padStart(2, '0')}`;
}
