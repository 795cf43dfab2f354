import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMAND_LINE_NAMES, COMMAND_LINE_PREFIX, SETTINGS } from '../../packages/server/src/config/settings.ts';
import { deadLinks, missingParts, unknownScripts, unknownSettings } from './documents.ts';
import { ROOT, sourceFiles } from './source.ts';

const documents = [
  ...sourceFiles('.', /^\.\/[A-Z]+\.md$/).map(({ path, text }) => ({ path: path.slice(2), text })),
  ...sourceFiles('docs', /\.md$/),
  ...sourceFiles('packages', /^packages\/[^/]+\/[A-Z]+\.md$/),
];
const decisions = sourceFiles('docs/adr', /\/\d{4}-[a-z0-9-]+\.md$/);

describe('documents match the repository', () => {
  test('links and pictures lead to files', () => {
    expect(documents.flatMap(deadLinks)).toEqual([]);
  });

  test('the walks name existing files', () => {
    const [, walks = ''] = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8').split(/^## Walks$|^## Rules/m);
    const steps = [...walks.matchAll(/`([^`]+\.tsx?)`/g)].map(([, path = '']) => path);

    expect(steps.length).toBeGreaterThan(40);
    expect(steps.filter((path) => !existsSync(join(ROOT, 'packages', path)))).toEqual([]);
  });

  test('npm scripts exist', () => {
    expect(documents.flatMap((one) => unknownScripts(one, scriptsOf))).toEqual([]);
  });

  test('settings exist', () => {
    const known = new Set([...Object.values(SETTINGS).map(({ name }) => name), ...COMMAND_LINE_NAMES]);
    const serverOnly = documents.map(({ path, text }) => ({
      path,
      text: text.replaceAll(new RegExp(`${COMMAND_LINE_PREFIX}[A-Z_]*`, 'g'), ''),
    }));

    expect(serverOnly.flatMap((one) => unknownSettings(one, known))).toEqual([]);
  });

  test('decisions have all their parts, and are in the list', () => {
    const list = readFileSync(join(ROOT, 'docs/adr/README.md'), 'utf8');

    expect(decisions.flatMap(missingParts)).toEqual([]);
    expect(decisions.filter(({ path }) => !list.includes(`(${path.split('/').at(-1)})`))).toEqual([]);
  });
});

describe('the check sees', () => {
  test('a link and a picture that lead nowhere', () => {
    const text = '[a](nowhere.md#x) [b](https://example.com) [c](#here) <img src="docs/none.png"> ![d](LICENSE)';

    expect(deadLinks({ path: 'README.md', text })).toEqual(['README.md → nowhere.md', 'README.md → docs/none.png']);
  });

  test('an unknown script', () => {
    const text = '`npm run demo` and `npm run demolish`, `npm run dev -w packages/web`, `npm run dig -w packages/web`';

    expect(unknownScripts({ path: 'a.md', text }, scriptsOf)).toEqual([
      'a.md: npm run demolish',
      'a.md: npm run dig -w packages/web',
    ]);
  });

  test('an unknown setting', () => {
    const text = 'WINESAP_PORT and WINESAP_PROT';

    expect(unknownSettings({ path: 'a.md', text }, new Set(['WINESAP_PORT']))).toEqual(['a.md: WINESAP_PROT']);
  });

  test('a decision without consequences', () => {
    const text = '# 0001. A\n\nStatus: accepted\n\n## Context\n\n## Decision\n\n## Alternatives\n\n## References\n';

    expect(missingParts({ path: 'docs/adr/0001-a.md', text })).toEqual(['docs/adr/0001-a.md lacks “## Consequences”']);
  });
});

function scriptsOf(folder: string): Set<string> {
  return new Set(Object.keys(JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')).scripts ?? {}));
}
