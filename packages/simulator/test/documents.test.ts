import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lieTable } from '../src/faults/lie-table.ts';
import { controlRoutes } from '../src/http/control/control-routes.ts';
import { scenarios } from '../src/scenarios/scenarios.ts';
import { unknownAmounts, unknownChoices } from '../src/world/unknowns.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const fidelity = read('../FIDELITY.md');
const unknowns = read('../../../docs/vendor/unknowns.md');

describe('FIDELITY.md', () => {
  test('names every switch with its values, the default first', () => {
    for (const [name, values] of Object.entries(unknownChoices))
      expect(fidelity).toContain(`\`${name}\` ${values.join(', ')}`);
    for (const [name, value] of Object.entries(unknownAmounts)) expect(fidelity).toContain(`\`${name}\` ${value}`);
  });

  test('has a row for every lie', () => {
    expect(Object.keys(lieTable).filter((name) => !fidelity.includes(`\`${name}\``))).toEqual([]);
  });

  test('names only tests that exist', () => {
    const rows = fidelity.split('\n').filter((line) => /^\| [^-b]/.test(line));
    const files = rows.flatMap((row) => row.split('|').at(-2)?.split(',') ?? []).map((file) => file.trim());

    for (const file of files.filter((name) => name !== '')) {
      expect(existsSync(new URL(`${file}.test.ts`, import.meta.url)), file).toBe(true);
    }
  });
});

test('CONTROL.md names every route and scenario, and no other', () => {
  const control = read('../CONTROL.md');
  const named = [...control.matchAll(/^\| `([A-Z]+ \/\S*)`\s*\|/gm)].map((match) => match[1]);
  const scenariosNamed = [...control.matchAll(/^\| `([a-z0-9-]+)`\s*\|/gm)].map((match) => match[1]);

  expect(named.sort()).toEqual(['GET /', ...Object.keys(controlRoutes)].sort());
  expect(scenariosNamed.sort()).toEqual(Object.keys(scenarios).sort());
});

test('the list of unknowns names every switch, and no other', () => {
  const names = [...Object.keys(unknownChoices), ...Object.keys(unknownAmounts)];
  const others = [
    'terms',
    'busy',
    'notificationTimeoutMs',
    'eventDelayMs',
    'eventStepMs',
    'eventTasksPerStep',
    'atOnceLimit',
  ];
  const column = unknowns
    .split('\n')
    .flatMap((line) => [...(line.split('|')[3] ?? '').matchAll(/`([a-z][A-Za-z0-9]+)`/g)].map((match) => match[1]));

  expect(names.filter((name) => !column.includes(name))).toEqual([]);
  expect(column.filter((name) => !names.includes(name ?? '') && !others.includes(name ?? ''))).toEqual([]);
});
