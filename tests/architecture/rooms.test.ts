import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importCircles } from './import-circles.ts';
import { ROOT, sourceFiles } from './source.ts';
import { upwardImports } from './subject-imports.ts';
import { FLOORS } from './subjects.ts';

const MOST_IN_A_ROOM = 20;
const sources = sourceFiles('packages', /^packages\/[\w-]+\/src\/.*\.tsx?$/);

describe.each(FLOORS)('in the layer of $folders.0', ({ folders, rooms: known, others }) => {
  test('a room imports only lower rooms', () => {
    expect(upwardImports(sources, folders, known)).toEqual([]);
  });

  test('every room is in the list', () => {
    const rooms = folders.flatMap(roomsOf);
    expect(rooms.filter((room) => !known.includes(room) && others[room] === undefined)).toEqual([]);
    expect(Object.keys(others).filter((room) => !rooms.includes(room))).toEqual([]);
  });
});

function roomsOf(floor: string): string[] {
  return readdirSync(join(ROOT, floor), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

test('no files import each other in a circle, including types', () => {
  expect(importCircles(sources)).toEqual([]);
});

test('no room has too many files', () => {
  // Migrations are never changed or moved, so their folder may grow.
  const all = sourceFiles('packages', /^packages\/[\w-]+\/src\/(?!.*\/migrations\/).*\.[a-z]+$/);
  const rooms = Map.groupBy(all, ({ path }) => posix.dirname(path));

  expect([...rooms].filter(([, files]) => files.length > MOST_IN_A_ROOM).map(([room]) => room)).toEqual([]);
});

describe('the check sees', () => {
  test('a subject that imports a higher one', () => {
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
