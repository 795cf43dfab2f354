import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { channelPlace, tokenPlace } from '@winesap/core';
import fc from 'fast-check';
import { CompactEncrypt } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSeal } from '../src/seal/seal.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'winesap-seal-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const KEY = createHash('sha256').update('one').digest('base64');
const PLACE = channelPlace('0190f4a2-7b3c-7def-8123-456789abcdef');
const OTHER = createHash('sha256').update('other').digest('base64url');

test('any sealed text opens again, and does not appear in what is stored', async () => {
  const seal = await openSeal({ dataDir });

  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 8 }), async (text) => {
      const sealed = await seal.seal(text, PLACE);

      expect(await seal.open(sealed, PLACE)).toBe(text);
      expect(sealed).not.toContain(Buffer.from(text).toString('base64url'));
    }),
    { numRuns: 30 },
  );
});

test('the key file is created at first start, for its owner only, and kept', async () => {
  const first = await openSeal({ dataDir });
  const sealed = await first.seal('a secret', PLACE);
  const text = readFileSync(join(dataDir, 'seal-keys.json'), 'utf8');

  const again = await openSeal({ dataDir });

  expect(await again.open(sealed, PLACE)).toBe('a secret');
  expect(readFileSync(join(dataDir, 'seal-keys.json'), 'utf8')).toBe(text);
  expect(statSync(join(dataDir, 'seal-keys.json')).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(['seal-keys.json']);
});

test('processes that start for the first time at once use the same key', async () => {
  const seals = await Promise.all(Array.from({ length: 8 }, () => openSeal({ dataDir })));

  expect(new Set(seals.map(({ keyId }) => keyId)).size).toBe(1);
});

test('a new key in front seals from now on, and the old one still opens', async () => {
  const old = await openSeal({ key: KEY, dataDir });
  const sealed = await old.seal('a secret', PLACE);

  const rotated = await openSeal({ key: `${OTHER}, ${KEY}`, dataDir });

  expect(await rotated.open(sealed, PLACE)).toBe('a secret');
  expect(rotated.inspect(await rotated.seal('a secret', PLACE)).key).toBe('present');
  expect(rotated.inspect(sealed).key).toBe('older');
  expect(old.inspect(await rotated.seal('a secret', PLACE)).key).toBe('missing');
  expect(rotated.keyId).not.toBe(old.keyId);
  expect(rotated.derive('sign-in')).toBe(old.derive('sign-in'));
});

test('a key in the environment takes precedence over the file, whose secrets still open', async () => {
  const sealed = await (await openSeal({ dataDir })).seal('a secret', PLACE);

  const seal = await openSeal({ key: KEY, dataDir });

  expect(await seal.open(sealed, PLACE)).toBe('a secret');
  expect(seal.keyId).toBe((await openSeal({ key: KEY, dataDir: join(dataDir, 'elsewhere') })).keyId);
});

test('a secret without its key names the missing key, and a changed one is reported as damaged', async () => {
  const first = await openSeal({ key: KEY, dataDir });
  const sealed = await first.seal('a secret', PLACE);
  const changed = sealed.slice(0, -1) + (sealed.endsWith('A') ? 'B' : 'A');

  await expect((await openSeal({ key: OTHER, dataDir })).open(sealed, PLACE)).rejects.toMatchObject({
    code: 'seal.no-key-fits',
    message: expect.stringContaining(first.keyId),
  });
  await expect(first.open(`${changed.slice(0, -4)}AAAA`, PLACE)).rejects.toMatchObject({ code: 'seal.damaged' });
  await expect(first.open('not sealed at all', PLACE)).rejects.toMatchObject({ code: 'seal.damaged' });
});

test('a text sealed for one row does not open in another, nor in its own row after relabeling', async () => {
  const seal = await openSeal({ dataDir });
  const sealed = await seal.seal('a secret', tokenPlace('one', 'uid'));
  const header = JSON.parse(Buffer.from(sealed.split('.')[0] ?? '', 'base64url').toString()) as { place: string };
  const forged = Buffer.from(JSON.stringify({ ...header, place: tokenPlace('two', 'uid') })).toString('base64url');

  for (const place of [tokenPlace('two', 'uid'), tokenPlace('one', 'other uid'), channelPlace('one')])
    await expect(seal.open(sealed, place)).rejects.toMatchObject({ code: 'seal.other-place' });
  await expect(
    seal.open([forged, ...sealed.split('.').slice(1)].join('.'), tokenPlace('two', 'uid')),
  ).rejects.toMatchObject({
    code: 'seal.damaged',
  });
  expect(await seal.open(sealed, tokenPlace('one', 'uid'))).toBe('a secret');
});

test('texts sealed before places existed still open', async () => {
  const seal = await openSeal({ key: KEY, dataDir });
  const old = await new CompactEncrypt(new TextEncoder().encode('a secret'))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: seal.keyId })
    .encrypt(Buffer.from(KEY, 'base64'));

  expect(await seal.open(old, PLACE)).toBe('a secret');
  expect(seal.inspect(old)).toEqual({ key: 'present', isBound: false });
  expect(seal.inspect(await seal.seal('a secret', PLACE))).toEqual({ key: 'present', isBound: true });
});

test('an invalid key and a missing key file are refused without showing them', async () => {
  const keyFile = join(dataDir, 'keys');
  writeFileSync(keyFile, '{"keys":[{"kty":"oct","k":"c2hvcnQtc2VjcmV0"}]}');

  await expect(openSeal({ key: 'c2hvcnQtc2VjcmV0', dataDir })).rejects.toMatchObject({ code: 'seal.key-invalid' });
  await expect(openSeal({ keyFile, dataDir })).rejects.not.toThrow('c2hvcnQtc2VjcmV0');
  await expect(openSeal({ dataDir, makesKey: false })).rejects.toMatchObject({ code: 'seal.key-missing' });
  await expect(openSeal({ keyFile: join(dataDir, 'away'), dataDir })).rejects.toMatchObject({
    code: 'seal.key-missing',
  });
  expect(readdirSync(dataDir)).toEqual(['keys']);
});

test.each([
  ['only zeros', Buffer.alloc(32).toString('base64')],
  ['one letter', Buffer.alloc(32, 'a').toString('base64url')],
  ['a pattern', Buffer.alloc(32, 'winesap').toString('base64')],
])('a key of %s seals nothing; what it sealed before still opens behind a better one', async (_what, weak) => {
  await expect(openSeal({ key: weak, dataDir })).rejects.toMatchObject({ code: 'seal.key-invalid' });
  await expect(openSeal({ key: `${weak},${KEY}`, dataDir })).rejects.toThrow('can be guessed');

  const seal = await openSeal({ key: `${KEY},${weak}`, dataDir });

  expect(seal.guessableKeys).toHaveLength(1);
});

test('key files that everyone can read are named, those of a group are not', async () => {
  const keyFile = join(dataDir, 'keys');
  writeFileSync(keyFile, KEY, { mode: 0o600 });
  expect((await openSeal({ keyFile, dataDir })).openFiles).toEqual([]);
  chmodSync(keyFile, 0o440);
  expect((await openSeal({ keyFile, dataDir })).openFiles).toEqual([]);
  chmodSync(keyFile, 0o644);
  const own = join(dataDir, 'seal-keys.json');
  writeFileSync(own, OTHER);
  chmodSync(own, 0o666);

  expect((await openSeal({ keyFile, dataDir })).openFiles).toEqual([
    { file: keyFile, mode: '644' },
    { file: own, mode: '666' },
  ]);
});

test('the same text has the same fingerprint under every key', async () => {
  const one = await openSeal({ key: KEY, dataDir });
  const other = await openSeal({ key: OTHER, dataDir });

  expect(one.fingerprint('token')).toBe(other.fingerprint('token'));
  expect(one.fingerprint('token')).toMatch(/^[\w-]{22}$/);
  expect(one.fingerprint('token')).not.toBe(one.fingerprint('token '));
});
