import { readPrometheusText } from '@winesap/testkit';
import { expect, test } from 'vitest';
import { gaugeText } from '../src/metrics/text-format.ts';

test('a gauge without rows is still declared', () => {
  expect(gaugeText({ name: 'a', help: 'What a is.', rows: [] })).toBe('# HELP a What a is.\n# TYPE a gauge\n');
});

test('backslashes, quotes, and line breaks in labels survive another parser', () => {
  const label = 'a\\b "c"\nd, e="f"}';

  const [family] = readPrometheusText(gaugeText({ name: 'x', help: 'One\nline \\ only.', rows: [[{ label }, 1.5]] }));

  expect(family).toMatchObject({ name: 'x', type: 'GAUGE', metrics: [{ labels: { label }, value: '1.5' }] });
});

test("infinite and undefined numbers are written in Prometheus' format", () => {
  const text = gaugeText({
    name: 'x',
    help: '',
    rows: [
      [{}, Infinity],
      [{ a: '' }, -Infinity],
      [{ a: 'b' }, Number.NaN],
    ],
  });

  expect(text.split('\n').slice(2, 5)).toEqual(['x +Inf', 'x{a=""} -Inf', 'x{a="b"} NaN']);
});
