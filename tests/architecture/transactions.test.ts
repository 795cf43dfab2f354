import { describe, expect, test } from 'vitest';
import { sourceFiles } from './source.ts';
import { callsInTransactions } from './transactions.ts';

test('no use case asks Apple while a transaction is open', () => {
  const files = sourceFiles('packages/core/src/use-cases', /\.ts$/);

  expect(callsInTransactions(files)).toEqual([]);
});

describe('the check sees', () => {
  const ask = { path: 'ask.ts', text: 'export async function ask(deps) { return deps.apple.open("a", "b"); }' };
  const see = (text: string) => callsInTransactions([ask, { path: 'a.ts', text }]);

  test.each([
    ['a call within the work', 'deps.store.write(async (tx) => { await deps.apple.open(text, uId); });'],
    ['a call within what is only asked', 'deps.store.read(async (view) => { await deps.apple.open(text, uId); });'],
    ['a call on a location that was opened before', 'deps.store.write((tx) => location.claim(info));'],
    ['a function that asks', 'deps.store.write(async () => { await ask(deps); });'],
    ['a function handed on', 'async function f(deps, tx) { await ask(deps); }'],
    ['a function handed a view', 'async function f(deps, view) { await ask(deps); }'],
  ])('%s', (_, text) => {
    expect(see(text)).toEqual(['a.ts:1']);
  });

  test('a function that calls one that asks', () => {
    const text = 'const between = async (deps) => {\n  await ask(deps);\n};\nthis.store.write(() => between(deps));';

    expect(see(text)).toEqual(['a.ts:4']);
  });

  test.each(['settleClaim', 'identify', 'renewToken', 'scanLocation'])('our own %s inside a transaction', (name) => {
    const ours = sourceFiles('packages/core/src/use-cases', /\.ts$/);
    const bad = { path: 'bad.ts', text: `deps.store.write(async () => { await ${name}(deps, a); });` };

    expect(callsInTransactions([...ours, bad])).toEqual(['bad.ts:1']);
  });

  test('nothing wrong in asking before and after', () => {
    const text = 'await ask(deps); await deps.store.write((tx) => tx.tokens.byId(id)); await location.claim(info);';

    expect(see(text)).toEqual([]);
  });
});
