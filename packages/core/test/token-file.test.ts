import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_TOKEN_FILE_BYTES, readTokenFile } from '../src/domain/tokens/token-file.ts';
import { ERROR_CODES } from '../src/errors.ts';

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'utf8'));
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const codeOf = (bytes: Uint8Array) => {
  const reading = readTokenFile(bytes);
  return reading.kind === 'refused' ? reading.code : reading.kind;
};

/** A file as Apple makes it: any organization, either date form, keys in any order, JSON plain or pretty. */
const tokenFile = fc
  .record({
    token: fc.base64String({ minLength: 40, maxLength: 200 }).filter((token) => token.trim() !== ''),
    orgName: fc.string({ unit: 'grapheme', maxLength: 60 }),
    at: fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
    zone: fc.constantFrom('+0000', '-0700', '+02:00', 'Z'),
    order: fc.shuffledSubarray(['token', 'expDate', 'orgName'], { minLength: 3, maxLength: 3 }),
    indent: fc.constantFrom(undefined, 2, '\t'),
  })
  .map(({ at, zone, order, indent, ...said }) => {
    const content: Record<string, string> = { ...said, expDate: `${at.toISOString().slice(0, 19)}${zone}` };
    const ordered = Object.fromEntries(order.map((key) => [key, content[key]]));
    return { text: base64(JSON.stringify(ordered, null, indent)), orgName: said.orgName };
  });

/** Adds line breaks and blanks as editors and mail programs do. */
const wrapping = fc.record({
  bom: fc.boolean(),
  before: fc.stringMatching(/^[ \t\r\n]{0,5}$/),
  after: fc.stringMatching(/^[ \t\r\n]{0,5}$/),
  breakEvery: fc.integer({ min: 1, max: 200 }),
  lineEnd: fc.constantFrom('', '\n', '\r\n', ' ', '\r'),
});

describe('any file', () => {
  test('of random bytes gets a code and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        const reading = readTokenFile(bytes);
        if (reading.kind === 'refused') expect(ERROR_CODES).toContain(reading.code);
      }),
      { numRuns: 2000 },
    );
  });

  test('of random text, plain or in Base64, gets a code', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        for (const bytes of [bytesOf(text), bytesOf(base64(text))])
          expect(['refused', 'content-token']).toContain(readTokenFile(bytes).kind);
      }),
      { numRuns: 1000 },
    );
  });

  test('of random JSON in Base64 is a token exactly if it contains one', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('token', 'expDate', 'orgName', 'x'), fc.jsonValue()), (value) => {
        const reading = readTokenFile(bytesOf(base64(JSON.stringify(value))));
        const has = typeof value.token === 'string' && value.token.trim() !== '';
        expect(reading.kind).toBe(has ? 'content-token' : 'refused');
      }),
      { numRuns: 1000 },
    );
  });

  test('that is damaged is refused or read, and never throws', () => {
    fc.assert(
      fc.property(tokenFile, fc.nat(), fc.integer({ min: 0, max: 255 }), ({ text }, at, byte) => {
        const bytes = bytesOf(text);
        bytes[at % bytes.length] = byte;
        expect(['refused', 'content-token']).toContain(readTokenFile(bytes).kind);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a good file', () => {
  test('is accepted in any wrapping, with the same credential', () => {
    fc.assert(
      fc.property(tokenFile, wrapping, ({ text, orgName }, { bom, before, after, breakEvery, lineEnd }) => {
        const lines = text.replace(new RegExp(`(.{${breakEvery}})`, 'g'), `$1${lineEnd}`);
        const reading = readTokenFile(bytesOf(`${bom ? '\ufeff' : ''}${before}${lines}${after}`));

        expect(reading).toMatchObject({ kind: 'content-token', text, organizationName: orgName });
        expect(reading.kind === 'content-token' && reading.expiresAt).toBeInstanceOf(Date);
      }),
      { numRuns: 500 },
    );
  });

  test('reveals its expiry in every spelling of an offset', () => {
    const read = (expDate: string) => {
      const reading = readTokenFile(bytesOf(base64(JSON.stringify({ token: 'A'.repeat(88), expDate, orgName: 'X' }))));
      return reading.kind === 'content-token' ? (reading.expiresAt?.toISOString() ?? null) : reading.code;
    };

    expect(read('2030-11-08T22:33:22+0000')).toBe('2030-11-08T22:33:22.000Z');
    expect(read('2014-08-15T18:13:52-0700')).toBe('2014-08-16T01:13:52.000Z');
    expect(read('2030-11-08T22:33:22+02:00')).toBe('2030-11-08T20:33:22.000Z');
    expect(read('2030-11-08T22:33:22Z')).toBe('2030-11-08T22:33:22.000Z');
    expect(read('next year')).toBeNull();
  });

  test('may be as big as the limit but no bigger', () => {
    const file = (length: number) => base64(JSON.stringify({ token: 'A'.repeat(length), orgName: 'X' }));

    // A longer token fits in no header.
    expect(codeOf(bytesOf(file(6_000)))).toBe('content-token');
    expect(codeOf(bytesOf(file(7_000)))).toBe('token-file.too-big');
    expect(codeOf(bytesOf(file(400) + ' '.repeat(60_000)))).toBe('content-token');
    expect(codeOf(new Uint8Array(MAX_TOKEN_FILE_BYTES))).not.toBe('token-file.too-big');
    expect(codeOf(new Uint8Array(MAX_TOKEN_FILE_BYTES + 1))).toBe('token-file.too-big');
  });
});
