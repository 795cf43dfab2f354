import type { Message } from '@winesap/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileTemplate } from '../src/notify/json/json-template.ts';

const message: Message = {
  id: 'm1',
  kind: 'alerts',
  title: 'A “title” with "quotes" and \\ and\nlines',
  text: 'Text',
  createdAt: '2026-11-22T12:00:00.000Z',
  total: 2,
  link: null,
  alerts: [],
};
const fill = (template: string, change: Partial<Message> = {}) => {
  const compiled = compileTemplate(template);
  if ('problem' in compiled) throw new Error(compiled.problem);
  return JSON.parse(compiled.fill({ ...message, ...change })) as unknown;
};

test('a lone placeholder becomes the value, within text it becomes a string', () => {
  const template =
    '{"a": "{{title}}", "b": "{{ total }}", "c": "{{total}} of {{kind}}", "d": ["{{alerts}}", "{{link}}"], "e": 1}';

  expect(fill(template)).toEqual({ a: message.title, b: 2, c: '2 of alerts', d: [[], null], e: 1 });
});

test('names of properties can contain placeholders, and two JSON braces are not a placeholder', () => {
  expect(fill('{"{{kind}}-count":{"n":{}}}')).toEqual({ 'alerts-count': { n: {} } });
});

test('no title breaks out of its text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (title, text) => {
      const filled = fill('{"a": "{{title}}", "b": "<{{text}}>"}', { title, text });

      expect(filled).toEqual({ a: title, b: `<${text}>` });
    }),
  );
});

describe('a template that does not compile is refused with the position', () => {
  test.each([
    ['an unknown placeholder', '{\n  "a": "{{titel}}"\n}', 2, 9, 'no placeholder “titel”'],
    ['a placeholder without an end', '{"a": "{{title"}', 1, 8, 'does not end'],
    ['a placeholder without quotes', '{"a": {{title}}}', 1, 7, 'stands in quotes'],
    ['a comma too many', '{\n "a": 1,\n}', 3, 1, 'no JSON'],
    ['an end missing', '{"a": [1', 1, 9, 'no JSON'],
    ['nothing', '  ', 1, 3, 'no JSON'],
    ['5,000 levels', `${'['.repeat(5000)}${']'.repeat(5000)}`, 1, 65, 'levels deep'],
    ['only a text', '"{{title}}"', 1, 1, 'object or a list'],
  ])('%s', (_, template, line, column, words) => {
    const compiled = compileTemplate(template);

    expect(compiled).toMatchObject({ line, column });
    expect('problem' in compiled && compiled.problem).toContain(words);
  });
});
