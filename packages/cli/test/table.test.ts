import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { tableLines } from '../src/terminal/table.ts';
import { cut, wrap } from '../src/terminal/wrap.ts';

const columns = [
  { title: 'State' },
  { title: 'Place', min: 6 },
  { title: 'Policy', min: 6, spare: 1 },
  { title: 'Days', align: 'right' as const },
  { title: 'Next', least: 10, wraps: true },
];
const rows = [
  [
    { text: '● Revoked' },
    { text: 'Chicago Headquarters' },
    { text: 'Retail' },
    { text: '212' },
    { text: 'renew with a fresh file' },
  ],
  [{ text: '○ Healthy' }, { text: '東京の学校' }, { text: 'Stores' }, { text: '-2' }, { text: '' }],
];

test('a table that fits is unchanged, with aligned columns', () => {
  expect(tableLines(columns, rows, Infinity)).toEqual([
    'State      Place                 Policy  Days  Next',
    '● Revoked  Chicago Headquarters  Retail   212  renew with a fresh file',
    '○ Healthy  東京の学校            Stores    -2',
  ]);
});

test.for([70, 60, 55, 50, 47, 40])(
  'no line is wider than %i columns, and the state and the days are never cut',
  (width) => {
    const lines = tableLines(columns, rows, width) ?? [];

    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    expect(lines[1]).toContain('● Revoked');
    expect(lines.join('\n')).toContain('212');
  },
);

test('an optional column is dropped before the others become unreadable', () => {
  expect(tableLines(columns, rows, 42)?.[0]).toMatch(/^State +Place +Days +Next$/);
});

test('a width too narrow for the rest returns no table', () => {
  expect(tableLines(columns, rows, 30)).toBeNull();
});

test('wrapping loses nothing', () => {
  const lines = tableLines(columns, rows, 50) ?? [];

  const words = lines.slice(1).map((line) => line.slice(line.lastIndexOf('  ')).trim());
  expect(words.join(' ')).toContain('fresh');
  expect(lines.join(' ')).toMatch(/renew.*with.*fresh.*file/s);
});

test('color does not change the widths', () => {
  const painted = rows.map((cells) => cells.map((cell) => ({ ...cell, paint: (text: string) => `<b>${text}</b>` })));

  const lines = tableLines(columns, painted, 50) ?? [];

  expect(lines.map((line) => line.replace(/<\/?b>/g, '').trimEnd())).toEqual(tableLines(columns, rows, 50));
});

test('cutting never splits a wide character or a family', () => {
  expect(cut('東京の学校', 6)).toBe('東京…');
  expect(cut('abc', 3)).toBe('abc');
  expect(cut('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 3)).toBe('👨‍👩‍👧‍👦…');
  expect(cut('abc', 0)).toBe('');
});

test('wrapping breaks between words, and long words where it must', () => {
  expect(wrap('renew with a fresh file', 10)).toEqual(['renew with', 'a fresh', 'file']);
  expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  expect(wrap('東京の学校', 1)).toEqual(['東', '京', 'の', '学', '校']);
});
