import { mkdirSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { contentManagerOf, patience, readPrometheusText } from '@winesap/testkit';
import { expect, test } from 'vitest';
import { appleSide, daysFromNow } from './support/apple-side.ts';
import { winesap } from './support/winesap.ts';

test('a working token is ok and shows location, organization, days, and holder', async () => {
  await using side = await appleSide();
  const { path, location } = await side.token('a.vpptoken');
  await side.apple.claim(location.uId, { id: 'x-1', name: 'Other MDM', metadata: 'm' });

  const { code, out, err } = await side.check(path);

  expect([code, err]).toEqual([0, '']);
  expect(out.split('\n')[0]).toBe(
    'WINESAP OK - Chicago HQ: This token works. 364 days left. | days_left=364;30:;7: tokens=1 critical=0 unknown=0 warning=0 ok=1',
  );
  expect(out).toMatch(/Location +Chicago HQ\n/);
  expect(out).toMatch(/Organization +Northwind\n/);
  expect(out).toMatch(/Managed by +“Other MDM”\n/);
  expect(out).toContain(location.uId);
});

test.each([
  ['a warning within 30 days', 20, [], 1, 'WINESAP WARNING - Chicago HQ: This token expires in 19 days.'],
  ['critical within 7 days', 5, [], 2, 'WINESAP CRITICAL - Chicago HQ: This token expires in 4 days.'],
  [
    'ok where the warning begins later',
    20,
    ['--warn-days', '10'],
    0,
    'WINESAP OK - Chicago HQ: This token works. 19 days left.',
  ],
  [
    'a warning where it begins earlier',
    50,
    ['--warn-days', '60'],
    1,
    'WINESAP WARNING - Chicago HQ: This token expires in 49 days.',
  ],
  [
    'critical where that begins earlier',
    20,
    ['--critical-days', '25'],
    2,
    'WINESAP CRITICAL - Chicago HQ: This token expires in 19 days.',
  ],
])('a token near its end is %s', async (_, days, options, code, line) => {
  await using side = await appleSide();
  const { path } = await side.token('a.vpptoken', { expiresAt: daysFromNow(days) });

  const outcome = await side.check(path, ...options);

  expect(outcome.code).toBe(code);
  expect(outcome.out.split(' | ')[0]).toBe(line);
});

test("a revoked token is critical, with Apple's answer and the next step", async () => {
  await using side = await appleSide();
  const { path, location } = await side.token('a.vpptoken');
  await side.apple.resetPassword(contentManagerOf(location));

  const { code, out } = await side.check(path);

  expect(code).toBe(2);
  expect(out).toMatch(/^WINESAP CRITICAL - Northwind: Apple has revoked this token\. \|/);
  expect(out).toContain('Apple said: 401 - error while retrieving client config || 9625 - ');
  expect(out).toContain('Next step: Renew it: sign in at business.apple.com or school.apple.com, open Preferences');
});

test('an expired token is critical with and without asking Apple', async () => {
  await using side = await appleSide();
  const { path } = await side.token('a.vpptoken', { expiresAt: daysFromNow(1) });
  await side.apple.advance(3 * 86_400_000);

  expect((await side.check(path)).code).toBe(2);

  const past = Buffer.from(JSON.stringify({ token: 'x', expDate: '2020-11-08T22:33:22+0000', orgName: 'Old' }));
  const { code, out } = await side.check('--offline', side.file('old.vpptoken', past.toString('base64')));
  expect(code).toBe(2);
  expect(out).toContain('WINESAP CRITICAL - Old: This token has expired.');
});

test('Apple gets one read per token, and only reads', async () => {
  await using side = await appleSide();
  const tokens = await Promise.all(
    ['a', 'b', 'c'].map((name) => side.token(`${name}.vpptoken`, { org: `Org ${name}`, location: name })),
  );
  await side.apple.forgetRequests();

  const { code } = await side.check(side.folder);

  expect(code).toBe(0);
  const { byPath, byLocation } = await side.apple.requests();
  expect(byPath).toEqual({ 'GET /mdm/v2/client/config': 3 });
  for (const { location } of tokens) expect(byLocation[location.uId]).toMatchObject({ total: 1, writes: 0 });
});

test('--offline reads the files and sends nothing', async () => {
  await using side = await appleSide();
  const { path } = await side.token('a.vpptoken');
  await side.apple.forgetRequests();

  const { code, out } = await side.check('--offline', path);

  expect(code).toBe(0);
  expect(out).toContain('Apple was not asked, so nobody knows whether it was revoked.');
  expect((await side.apple.requests()).total).toBe(0);
});

test('a folder is as bad as its worst token; other files are listed without effect', async () => {
  await using side = await appleSide();
  const dead = await side.token('dead', { org: 'Fabrikam', location: 'Berlin' });
  await side.apple.resetPassword(contentManagerOf(dead.location));
  await side.token('good.vpptoken');
  await side.token('soon.vpptoken', { org: 'Contoso', location: 'Main', expiresAt: daysFromNow(12) });
  side.file('page.html', '<!doctype html><html></html>');
  side.file('Server_smime.p7m', 'Content-Type: application/pkcs7-mime; name="smime.p7m"');
  mkdirSync(`${side.folder}/below`);

  const { code, out } = await side.check(side.folder);

  expect(code).toBe(2);
  expect(out).toMatch(
    /^WINESAP CRITICAL - 1 critical, 1 warning, 1 ok; Fabrikam: Apple has revoked this token\. \| days_left=/,
  );
  const [table = ''] = out.split('\n\n');
  const rows = table.split('\n').filter((line) => /^[●◐○] \w+ {2,}/.test(line));
  expect(rows.map((row) => row.split(/ {2,}/).slice(0, 2))).toEqual([
    ['● Revoked', '–'],
    ['◐ Expiring', 'Main'],
    ['○ Healthy', 'Chicago HQ'],
  ]);
  expect(out).toContain('page.html: This is a web page, not a content token.');
  expect(out).toContain('Server_smime.p7m: This is an automated enrollment token, not a content token.');
  expect(out).not.toContain('below');
});

test("a folder without a token, and a .vpptoken that isn't one, are unknown", async () => {
  await using side = await appleSide();

  expect((await side.check(side.folder)).out).toContain('There is no file in this folder.');
  side.file('readme.txt', 'Nothing here.');
  const without = await side.check(side.folder);
  expect([without.code, without.out]).toEqual([
    3,
    expect.stringContaining('UNKNOWN - no content token in this folder'),
  ]);

  await side.token('good.vpptoken');
  side.file('damaged.vpptoken', '%%%');
  const damaged = await side.check(side.folder);
  expect(damaged.code).toBe(3);
  expect(damaged.out).toContain('1 unknown, 1 ok;');
});

test.each([
  ['an empty file', '', 'token-file.empty', 'This file is empty.'],
  ['random bytes', Buffer.from([0xff, 0xfe, 0x00, 0x91]), 'token-file.not-base64', 'This is not a content token.'],
  [
    'Base64 of something else',
    Buffer.from('hello there').toString('base64'),
    'token-file.not-json',
    'This is not a content token.',
  ],
  [
    'JSON without token',
    Buffer.from('{"orgName":"N"}').toString('base64'),
    'token-file.no-token',
    'There is no token in this file.',
  ],
  [
    'the secret from inside',
    Buffer.alloc(66, 0xc5).toString('base64'),
    'token-file.inner-token',
    'This is only a part of a content token.',
  ],
  [
    'an enrollment token',
    'Content-Type: application/pkcs7-mime',
    'token-file.enrollment-token',
    'This is an automated enrollment token, not a content token.',
  ],
  ['a page', '<html></html>', 'token-file.html', 'This is a web page, not a content token.'],
  [
    'a profile',
    '<?xml version="1.0"?><plist></plist>',
    'token-file.configuration-profile',
    'This is a configuration profile, not a content token.',
  ],
  [
    'a certificate',
    '-----BEGIN CERTIFICATE-----',
    'token-file.certificate',
    'This is a certificate or key, not a content token.',
  ],
])('%s is unknown, in its own words, and Apple is not asked', async (_, content, code, title) => {
  await using side = await appleSide();
  await side.apple.forgetRequests();

  const outcome = await side.check(side.file('given', content), '--json');

  expect(outcome.code).toBe(3);
  expect(JSON.parse(outcome.out)).toMatchObject({ level: 'unknown', others: [{ code, title }] });
  expect(outcome.out).not.toContain('Nothing was stored');
  expect((await side.apple.requests()).total).toBe(0);
});

test('a file of 1 GB, a missing one, and an endless device are quickly reported as unknown', async () => {
  await using side = await appleSide();
  const huge = side.file('huge', '');
  truncateSync(huge, 2 ** 30);

  const { code, out } = await side.check(huge, `${side.folder}/nowhere`, '/dev/zero', '--json');

  expect(code).toBe(3);
  expect(JSON.parse(out).others.map(({ code }: { code: string }) => code)).toEqual([
    'token-file.too-big',
    'check.unreadable',
    'token-file.too-big',
  ]);
});

test('a token can come from standard input; more than 64 KiB is refused', async () => {
  await using side = await appleSide();
  const { text } = await side.token('a.vpptoken');
  const env = { WINESAP_APPLE_URL: side.url };

  const good = await winesap(null, ['check', '-', '--json'], { stdin: text, env });
  const big = await winesap(null, ['check', '-', '--json'], { stdin: new Uint8Array(70_000).fill(65), env });

  expect([good.code, JSON.parse(good.out).tokens[0]]).toEqual([
    0,
    expect.objectContaining({ file: '-', state: 'healthy' }),
  ]);
  expect([big.code, JSON.parse(big.out).others[0].code]).toEqual([3, 'token-file.too-big']);
});

test('an unreachable or throttling Apple leaves the result unknown', async () => {
  await using side = await appleSide();
  const { path } = await side.token('a.vpptoken');
  await side.apple.fault({ name: 'server-error' });
  const away = await side.check(path);
  await side.apple.endFaults();
  await side.apple.fault({ name: 'busy' });
  const busy = await side.check(path);

  expect([away.code, busy.code]).toEqual([3, 3]);
  expect(away.out).toContain('WINESAP UNKNOWN - Northwind: Apple cannot be reached');
  expect(busy.out).toContain('Apple asks to slow down.');
  expect(busy.out).toContain('Next step: Try again in a minute.');
});

test('a token that expires soon is critical even while Apple does not answer', async () => {
  await using side = await appleSide();
  const { path } = await side.token('a.vpptoken', { expiresAt: daysFromNow(3) });
  await side.apple.fault({ name: 'server-error' });

  expect((await side.check(path)).code).toBe(2);
});

test('--timeout ends the wait for an Apple that never answers', async () => {
  await using side = await appleSide();
  const { path } = await side.token('a.vpptoken');
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const started = Date.now();

  const { code, out } = await side.check(path, '--apple-url', `http://127.0.0.1:${port}`, '--timeout', '1');

  silent.close();
  expect(code).toBe(3);
  expect(out).toContain('no answer - error while retrieving client config');
  expect(Date.now() - started).toBeLessThan(9_000 * patience());
});

test.each([
  [['--warn-days', 'soon'], '--warn-days is “soon”'],
  [['--warn-days', '5', '--critical-days', '9'], '--critical-days 9 has to be at most --warn-days 5'],
  [['--timeout', '0'], '--timeout is “0”'],
  [['--apple-url', 'ftp://apple'], '“ftp://apple” is not the address'],
  [['--json', '--prometheus'], 'give one of them'],
  [['--nonsense'], "unknown option '--nonsense'"],
])('a wrong word (%s) is unknown, not critical', async (options, sentence) => {
  const { code, out, err } = await winesap(null, ['check', 'a.vpptoken', ...options]);

  expect(code).toBe(3);
  expect(options.includes('--json') ? err : out).toContain(sentence);
});

test('two hundred tokens in a folder are checked a dozen at a time', async () => {
  await using side = await appleSide();
  for (let number = 0; number < 200; number += 1)
    await side.token(`${number}.vpptoken`, { org: `Org ${number}`, location: `Site ${number}` });
  await side.apple.settings({ latencyMs: 20 });
  await side.apple.forgetRequests();

  const { code, out } = await side.check(side.folder, '--json');

  expect([code, JSON.parse(out).counts]).toEqual([0, { ok: 200, warning: 0, critical: 0, unknown: 0 }]);
  const { total, maxAtOnce } = await side.apple.requests();
  expect(total).toBe(200);
  expect(maxAtOnce).toBeGreaterThan(3);
  expect(maxAtOnce).toBeLessThanOrEqual(12);
});

test('another parser can read --prometheus, with the names of /metrics', async () => {
  await using side = await appleSide();
  const { path, location } = await side.token('a "quoted" name.vpptoken', { org: 'Back\\slash', location: 'Main' });

  const { code, out } = await side.check('--prometheus', path);

  expect(code).toBe(0);
  const families = readPrometheusText(out);
  const metricsOf = (name: string) => families.find((family) => family.name === name)?.metrics ?? [];
  expect(metricsOf('winesap_token_expiry_timestamp_seconds')[0]?.labels).toMatchObject({
    uid: location.uId,
    location: 'Main',
  });
  const expiry = Number(metricsOf('winesap_token_expiry_timestamp_seconds')[0]?.value);
  expect(Math.abs(expiry - daysFromNow(365).getTime() / 1000)).toBeLessThan(2 * 86_400);
  const states = metricsOf('winesap_token_state').filter(({ value }) => value === '1');
  expect(states.map(({ labels }) => labels?.state)).toEqual(['healthy']);
  expect(metricsOf('winesap_check_level')[0]?.value).toBe('0');
});

test('no output format contains the token or a part of it', async () => {
  await using side = await appleSide();
  const { path, text } = await side.token('a.vpptoken');
  const inner: string = JSON.parse(Buffer.from(text, 'base64').toString()).token;
  const faulty = await side.token('b.vpptoken', { org: 'B' });
  await side.apple.fault({ name: 'html-error', uId: faulty.location.uId });

  for (const form of [[], ['--json'], ['--prometheus'], ['--offline']]) {
    const { out, err } = await side.check(path, faulty.path, ...form);
    for (const secret of [text.trim(), inner, text.slice(40, 80)]) expect(out + err).not.toContain(secret);
  }
});

test('names from Apple cannot move the cursor or break the first line', async () => {
  await using side = await appleSide();
  const { path } = await side.token('a.vpptoken', { org: 'Evil', location: 'Up\u001b[2J | load=99\nWINESAP OK' });

  const { out } = await side.check(path);

  expect(out).not.toContain('\u001b');
  expect(out.split('\n')[0]?.split(' | ')).toHaveLength(2);
});
