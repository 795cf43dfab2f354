import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { Secret } from '../src/config/secret.ts';
import { createLog } from '../src/log/create-log.ts';

function capture(level: 'info' | 'warn' = 'info') {
  const lines: string[] = [];
  return { lines, log: createLog({ level, stream: { write: (line) => lines.push(line) } }) };
}

test('a line is JSON with the fields beside a fixed message', () => {
  const { log, lines } = capture();

  log.info({ tokenId: 7, tries: 2 }, 'token read');

  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'info',
    time: expect.stringMatching(/Z$/),
    tokenId: 7,
    tries: 2,
    message: 'token read',
  });
});

test('lines below the level are not written', () => {
  const { log, lines } = capture('warn');

  log.info({}, 'nothing');

  expect(lines).toEqual([]);
});

test('tokens and email addresses are masked anywhere in a line', () => {
  const { log, lines } = capture();
  const token = randomBytes(96).toString('base64');
  const file = Buffer.from(JSON.stringify({ token, expDate: '2030-11-08T22:33:22+0000' })).toString('base64');

  log.error(
    { err: new Error(`bad ${token}`), deep: { list: [file, 'Content.Manager+1@school.example'] } },
    `sent ${file} by a.b@c.org`,
  );

  const text = lines.join();
  for (const secret of [token, file, file.slice(20, 60), 'school.example', 'a.b@c.org'])
    expect(text).not.toContain(secret);
  expect(JSON.parse(text)).toMatchObject({ deep: { list: ['[token]', '[mail]'] }, message: 'sent [token] by [mail]' });
});

test('a stream that fails loses lines, never ends the program, and reports the number once it works again', () => {
  const lines: string[] = [];
  let broken: 'throws' | 'fails' | null = null;
  const stream = {
    write: (line: string, written?: (error?: Error | null) => void) => {
      if (broken === 'throws') throw new Error('no space left on device');
      if (broken === null) lines.push(line);
      written?.(broken === null ? null : new Error('no space left on device'));
    },
  };
  const log = createLog({ level: 'info', stream });

  broken = 'throws';
  log.info({}, 'one');
  broken = 'fails';
  log.info({}, 'two');
  broken = null;
  log.info({}, 'three');
  log.info({}, 'four');

  const said = lines.map((line) => JSON.parse(line) as { message: string; lines?: number });
  expect(said.map(({ message }) => message)).toEqual([
    'three',
    'log lines were lost: they could not be written',
    'four',
  ]);
  expect(said[1]).toMatchObject({ level: 'warn', lines: 2 });
});

test('paths in the code, IDs, and package names stay readable', () => {
  const { log, lines } = capture();
  const path = '/srv/winesap/node_modules/@electric-sql/pglite/dist/some-quite-long-file-name.js:12:5';

  log.warn({ path, id: '0190f4a2-7b3c-7def-8123-456789abcdef', key: new Secret('x') }, 'message');

  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    path,
    id: '0190f4a2-7b3c-7def-8123-456789abcdef',
    key: '[secret]',
  });
});
