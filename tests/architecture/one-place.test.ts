import { describe, expect, test } from 'vitest';
import { usesOfGlobal } from './find-names.ts';
import { ONE_PLACE } from './one-place.ts';
import { sourceFiles } from './source.ts';

describe.each(ONE_PLACE)('$global', ({ global, within, allowed }) => {
  const files = within.flatMap((folder) => sourceFiles(`packages/${folder}/src`, /\.tsx?$/));

  test('is used only where the table says', () => {
    const elsewhere = files.filter(({ path }) => !(path in allowed)).flatMap((file) => usesOfGlobal(file, global));

    expect(elsewhere).toEqual([]);
  });

  test('is used everywhere the table says', () => {
    const naming = files.filter((file) => usesOfGlobal(file, global).length > 0).map(({ path }) => path);

    expect(naming.filter((path) => path in allowed).sort()).toEqual(Object.keys(allowed).sort());
  });
});

describe('the check sees', () => {
  const see = (text: string) => usesOfGlobal({ path: 'a.ts', text }, 'process');

  test.each([
    ['the global', 'const a = process.env.HOME;'],
    ['the global behind globalThis', 'const a = globalThis.process.pid;'],
    ['the module', `import { pid } from 'node:process';`],
    ['the module by its old name', `import { pid } from 'process';`],
    ['the global handed on', 'start(process);'],
    ['the global in an object', 'start({ process });'],
    ['the global as a value', 'start({ of: process });'],
    ['the global as a key that is computed', 'const a = b[process];'],
  ])('%s', (_, text) => {
    expect(see(text)).toEqual(['a.ts:1']);
  });

  test('nothing in properties, comments, and texts', () => {
    const text = `// process\nconst a = 'process'; b.process(); const c = { process: 1 }; interface D { process: 1 }`;

    expect(see(text)).toEqual([]);
  });
});
