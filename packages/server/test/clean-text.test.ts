import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanOrNull, cleanText } from '../src/apple/clean-text.ts';

test.each([
  ['an ordinary name', 'Chicago HQ – Süd 学校 🍎', 'Chicago HQ – Süd 学校 🍎'],
  ['U+0000', 'Chi\u0000cago', 'Chicago'],
  ['a line break', 'Chicago\r\nHQ', 'Chicago HQ'],
  ['escape sequences of a terminal', '\u001b[31mChicago\u001b[0m', '[31mChicago[0m'],
  ['C1 control characters', 'Chi\u009bcago', 'Chicago'],
  ['half of a surrogate pair', 'Chicago \ud83c', 'Chicago \ufffd'],
  ['a mark that turns the direction', 'Chicago\u202egpj.exe', 'Chicagogpj.exe'],
])('a text with %s is kept as what a person can read', (_what, text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

test('a long text is cut, but never in the middle of a character', () => {
  expect(cleanText('🍎'.repeat(600))).toBe('🍎'.repeat(250));
  expect(cleanText(`x${'🍎'.repeat(600)}`)).toBe(`x${'🍎'.repeat(249)}`);
});

test('a text that is empty after cleaning counts as missing', () => {
  expect(['', ' ', '\u0000\u0001', '\n', null, undefined].map((text) => cleanOrNull(text))).toEqual(
    Array.from({ length: 6 }, () => null),
  );
});

test('for any input, the result is well-formed, bounded, and stable when cleaned twice', () => {
  const any = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });
  fc.assert(
    fc.property(any, (text) => {
      const clean = cleanText(text);
      expect(clean.isWellFormed()).toBe(true);
      expect(clean).not.toMatch(/\p{Cc}/u);
      expect(cleanText(clean)).toBe(clean);
    }),
  );
});
