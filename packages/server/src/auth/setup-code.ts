import { createHash, timingSafeEqual } from 'node:crypto';

/** Letters and digits that are hard to confuse. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const LETTERS = 12;

/**
 * The code that the first owner types to prove access to the machine: 12 characters, 58 bits, in groups of four. It
 * derives from a secret of the installation, so that every process prints the same one at every start until there is an
 * owner.
 */
export function setupCodeOf(secret: string): string {
  const bytes = createHash('sha512').update(secret).digest();
  const letters = Array.from({ length: LETTERS }, (_, n) => ALPHABET[bytes.readUInt16BE(n * 4) % ALPHABET.length]);
  return [0, 4, 8].map((from) => letters.slice(from, from + 4).join('')).join('-');
}

/** Whether this is the code, in any notation. Takes the same time for a wrong one. */
export function isSetupCode(typed: string, code: string): boolean {
  const digest = (text: string) =>
    createHash('sha256')
      .update(text.toUpperCase().replace(/[^A-Z0-9]/g, ''))
      .digest();
  return timingSafeEqual(digest(typed), digest(code));
}
