import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importCircles } from './import-circles.ts';
import { ROOT, sourceFiles } from './source.ts';
import { upwardImports } from './subject-imports.ts';
import { FLOORS, SUBJECTS } from './subjects.ts';

const sources = sourceFiles('packages', /^packages\/[\w-]+\/src\/.*\.tsx?$/);

describe.each(FLOORS)('on the floor of $folders.0', ({ folders, others }) => {
  test('a subject imports only lower subjects', () => {
    expect(upwardImports(sources, folders, SUBJECTS)).toEqual([]);
  });

  test('every room is a subject, or says what it is instead', () => {
    const rooms = folders.flatMap(roomsOf);
    const known: readonly string[] = [...SUBJECTS, ...Object.keys(others)];

    expect(rooms.filter((room) => !known.includes(room))).toEqual([]);
    expect(Object.keys(others).filter((room) => !rooms.includes(room))).toEqual([]);
  });
});

function roomsOf(floor: string): string[] {
  return readdirSync(join(ROOT, floor), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

test('no files import each other in a circle, types included', () => {
  expect(importCircles(sources)).toEqual([]);
});

describe('the check sees', () => {
  test('a subject that leans on a higher one', () => {
    const file = { path: 'floor/low/a.ts', text: `import { b } from '../high/b.ts';` };

    expect(upwardImports([file], ['floor'], ['low', 'high'])).toHaveLength(1);
    expect(upwardImports([file], ['floor'], ['high', 'low'])).toEqual([]);
  });

  test('a circle of three files that begins with a type', () => {
    const files = [
      { path: 'x/b.ts', text: `import type { C } from './c.ts';` },
      { path: 'x/c.ts', text: `export { a } from './a.ts';` },
      { path: 'x/a.ts', text: `import { b } from './b.ts';` },
    ];

    expect(importCircles(files)).toEqual(['x/a.ts → x/b.ts → x/c.ts → x/a.ts']);
    expect(importCircles(files.slice(1))).toEqual([]);
  });
});
