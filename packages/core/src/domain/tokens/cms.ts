/** CMS content types in DER, the last number of 1.2.840.113549.1.7.x. */
const SIGNED_DATA = 2;
const ENVELOPED_DATA = 3;
const OID_START = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];

/**
 * Returns what a CMS message is to an admin. An enrollment token is enveloped (encrypted to the server); a
 * configuration profile is signed and shows its property list in clear text. Null if the bytes are neither.
 */
export function kindOfCms(bytes: Uint8Array): 'enrollment-token' | 'configuration-profile' | null {
  const type = contentType(bytes);
  if (type === ENVELOPED_DATA) return 'enrollment-token';
  return type === SIGNED_DATA && holds(bytes, '<plist') ? 'configuration-profile' : null;
}

function contentType(bytes: Uint8Array): number | null {
  if (bytes[0] !== 0x30) return null;
  for (let at = 2; at < 12; at++)
    if (OID_START.every((byte, index) => bytes[at + index] === byte)) return bytes[at + OID_START.length] ?? null;
  return null;
}

function holds(bytes: Uint8Array, text: string): boolean {
  const wanted = [...text].map((letter) => letter.charCodeAt(0));
  for (let at = bytes.indexOf(wanted[0] ?? 0); at !== -1; at = bytes.indexOf(wanted[0] ?? 0, at + 1))
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return true;
  return false;
}
