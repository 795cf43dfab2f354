import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PIECE = 20;

/** Where a part of a secret was found. */
export interface Find {
  where: string;
  secret: string;
}

/**
 * Searches for secrets, complete or in part: any run of 40 characters of one contains a piece of 20 that is searched
 * for, in plain text and in hexadecimal. Bytes are read once, whatever the number of secrets.
 */
export class SecretSearch {
  /** Pieces by their first four bytes. */
  readonly #pieces = new Map<number, { bytes: Buffer; secret: string }[]>();
  /** Whether any piece begins with these two bytes, which rules out most positions. */
  readonly #beginnings = new Uint8Array(0x10000);
  #finds: Find[] = [];

  add(name: string, secret: string): void {
    const bytes = Buffer.from(secret.replace(/\s+/g, ''));
    for (let at = 0; at + PIECE <= bytes.length; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE);
      this.#addPiece(name, piece);
      this.#addPiece(name, Buffer.from(piece.toString('hex')));
    }
  }

  #addPiece(secret: string, bytes: Buffer): void {
    const beginning = bytes.readUInt32BE(0);
    const same = this.#pieces.get(beginning) ?? [];
    same.push({ bytes, secret });
    this.#pieces.set(beginning, same);
    this.#beginnings[beginning >>> 16] = 1;
  }

  lookAt(where: string, content: Buffer | string): void {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (let at = 0; at + PIECE <= bytes.length; at++) {
      const two = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      if (this.#beginnings[two] === 0) continue;
      for (const piece of this.#pieces.get(bytes.readUInt32BE(at)) ?? []) {
        if (bytes.subarray(at, at + piece.bytes.length).equals(piece.bytes)) this.#found(where, piece.secret);
      }
    }
  }

  /** Every file below the folder. */
  lookInto(folder: string): void {
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      if (entry.isFile()) this.lookAt(entry.name, readFileSync(join(entry.parentPath, entry.name)));
    }
  }

  /** Returns what was found since the last call, by location and name, never by its text. */
  takeFinds(): Find[] {
    const finds = this.#finds;
    this.#finds = [];
    return finds;
  }

  #found(where: string, secret: string): void {
    if (!this.#finds.some((find) => find.where === where && find.secret === secret))
      this.#finds.push({ where, secret });
  }
}
