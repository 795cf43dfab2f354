import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { CHANNEL_KINDS } from '@winesap/api';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { fieldOptions } from '../src/input/channel-fields.ts';
import { createProgram } from '../src/program.ts';
import { createTerminal } from '../src/terminal/terminal.ts';

const manual = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8');
const alerts = readFileSync(new URL('../../../docs/alerts.md', import.meta.url), 'utf8');
const headings = new Map(
  [...manual.matchAll(/^### `winesap ([^`]+)`$/gm)].map(([, usage = '']) => [
    usage.replace(/ [A-Z[-].*$/, '').replace(/ watch\|manage.*$/, ''),
    usage,
  ]),
);

/** Commands with an action, by their words: `tokens list`. */
function commandsOf(command: Command, words: readonly string[] = []): [string, Command][] {
  if (command.commands.length === 0) return [[words.join(' '), command]];
  return command.commands.flatMap((child) => commandsOf(child, [...words, child.name()]));
}

const stdin = new PassThrough();
const terminal = createTerminal({ stdin, stdout: new PassThrough(), stderr: new PassThrough() }, {});
const context = { env: {}, stdin, terminal, signal: new AbortController().signal, now: () => new Date() };
const commands = new Map(commandsOf(createProgram({ context, exitCode: 0 })));

test('the manual has a chapter for every command, and none for others', () => {
  expect([...headings.keys()].sort()).toEqual([...commands.keys()].sort());
});

test.for([...commands])('the manual names every option of %s, and no other', ([words, command]) => {
  const named = [...(headings.get(words) ?? '').matchAll(/--[a-z-]+/g)].map(([option]) => option);

  const options = new Set(command.options.map(({ long }) => long));
  // The settings of channels are in the chapter of their kinds.
  if ((headings.get(words) ?? '').includes(' [SETTINGS]')) for (const { long } of fieldOptions()) options.delete(long);
  expect(named.sort()).toEqual([...options].sort());
});

test.for(CHANNEL_KINDS)('the chapter on alerts names every setting of a channel of the kind $kind', ({ kind }) => {
  const [, named = ''] = new RegExp(`^\\| \`${kind}\` \\|.*\\| (.*) \\|$`, 'm').exec(alerts) ?? [];

  const options = fieldOptions().filter(({ description }) => new RegExp(`(^|[ ,;])${kind}[,:]`).test(description));
  expect(named).toBe(options.map(({ long }) => `\`${long}\``).join(' '));
});
