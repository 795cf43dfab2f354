import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { routes } from '@winesap/api';
import { addLocation, type HeldLocation, holdLocation, wrongFiles } from '@winesap/testkit';
import { expect, test } from 'vitest';
import { dropFiles, gone, seen, wordsOf } from './browser.ts';
import { setStage } from './stage.ts';

const DAY_MS = 86_400_000;
const GOOD = 35;
/** About two hundred requests to Apple's side, on a machine that may be busy. */
const MUCH_MS = 40_000;

const held: HeldLocation[] = [];

const stage = setStage({}, async (stack) => {
  const purchases = [{ adamId: '361309726', quantity: 20 }];
  for (let at = 0; at <= GOOD; at += 6) {
    const some = Array.from(
      { length: Math.min(6, GOOD + 1 - at) },
      (_, i) => `School ${String(at + i + 1).padStart(2, '0')}`,
    );
    held.push(
      ...(await Promise.all(
        some.map((locationName) =>
          holdLocation(stack, { locationName, purchases, expiresAt: new Date(Date.now() + 20 * DAY_MS) }),
        ),
      )),
    );
  }
});

test('of forty files at once, five are bad and named, and the rest is used although the page is closed', async () => {
  const { stack } = stage;
  const fresh = ({ location }: { location: { uId: string } }) => stack.apple.tokenFile(location.uId);
  const [first, ...others] = held;
  const older = others.pop();
  if (first === undefined || older === undefined) throw new Error('Nothing is held.');
  const stranger = await addLocation(stack, { organization: 'Newcomer', locationName: 'Newcomer Campus' });
  const wrong = wrongFiles(first.file);
  const textOf = (what: string) => new TextDecoder().decode(wrong.find((one) => one.what === what)?.bytes);
  const good = await Promise.all(
    [first, ...others].map(async (one) => ({ name: `${one.location.locationName}.vpptoken`, text: await fresh(one) })),
  );
  const given = [
    ...good,
    { name: 'newcomer.vpptoken', text: await stack.apple.tokenFile(stranger.uId) },
    { name: 'enrollment.p7m', text: textOf('an enrollment token as mail') },
    { name: 'cut-off.vpptoken', text: textOf('a token file cut off in the middle') },
    { name: 'picture.png', text: 'x'.repeat(70_000) },
    { name: 'again.vpptoken', text: await fresh(first) },
    {
      name: 'last-year.vpptoken',
      text: await stack.apple.tokenFile(older.location.uId, { expiresAt: new Date(Date.now() + 9 * DAY_MS) }),
    },
  ];
  const { page } = await stage.open({ as: stack.owner });
  await dropFiles(page.getByRole('heading', { name: /needs? you$/ }), given);
  await seen(page.getByRole('heading', { name: 'Token files' }));
  const section = await seen(page.getByRole('region', { name: 'Token files' }));

  await seen(section.getByText('41 files: 36 ready, 5 with a problem.'), MUCH_MS);
  const table = section.getByRole('table', { name: 'The files and what each would do' });
  const rowOf = (name: string) => table.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  const SAYS = {
    'enrollment.p7m': 'This is an automated enrollment token, not a content token.',
    'cut-off.vpptoken': 'This is not a content token.',
    'picture.png': 'This file is too big to be a content token.',
    'again.vpptoken': 'School 01.vpptoken is for the same location.',
    'last-year.vpptoken': 'This file expires earlier than the stored one.',
  };
  for (const [name, words] of Object.entries(SAYS)) expect(await wordsOf(rowOf(name))).toContain(words);
  expect(await wordsOf(rowOf('newcomer.vpptoken'))).toMatch(/Newcomer \/ Newcomer Campus\s+new organization/);
  await rowOf('last-year.vpptoken').getByRole('button', { name: 'Details of last-year.vpptoken' }).click();
  await seen(section.getByRole('checkbox', { name: 'Use the older file all the same' }));
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);
  for (const one of held) expect((await token(one)).version).toBe(1);

  await section.getByRole('button', { name: 'Add 1 and renew 35 tokens' }).click();
  await seen(section.getByRole('progressbar', { name: 'Adding and renewing' }));
  await page.close();

  const later = (await stage.open({ as: stack.owner, path: '/files' })).page;
  await seen(later.getByRole('link', { name: '41 files: 36 done, 5 with a problem.' }), MUCH_MS);
  for (const one of [first, ...others]) expect((await token(one)).version).toBe(2);
  expect((await token(older)).version).toBe(1);
  const { organizations } = await stack.owner.api.call(routes.listOrganizations, {});
  expect(organizations.map(({ name }) => name)).toContain('Newcomer');

  await later.getByRole('link', { name: '41 files: 36 done, 5 with a problem.' }).click();
  const downloading = later.waitForEvent('download');
  await later.getByRole('link', { name: 'CSV' }).click();
  const lines = (await readFile(await (await downloading).path(), 'utf8')).trim().split(/\r?\n/);
  expect(lines).toHaveLength(42);
  expect(lines.filter((line) => line.includes(',done,renew,'))).toHaveLength(GOOD);
  await later.getByRole('button', { name: 'Forget the rest' }).click();
  await seen(later.getByRole('heading', { name: /needs? you$/ }));
});

test('a new token is put somewhere else by hand, and its location is managed', async () => {
  const { stack } = stage;
  const stranger = await addLocation(stack, { organization: 'Wandering', locationName: 'Tent' });
  const { page } = await stage.open({ as: stack.owner });
  await dropFiles(page.getByRole('heading', { name: /needs? you$/ }), [
    { name: 'tent.vpptoken', text: await stack.apple.tokenFile(stranger.uId) },
  ]);
  const section = await seen(page.getByRole('region', { name: 'Token files' }));
  await section.getByRole('button', { name: 'Change…' }).click();
  const place = await seen(page.getByRole('dialog', { name: 'Where does this token belong?' }));
  await place.getByLabel('Name of the organization').fill('Settled');
  await place.getByRole('button', { name: 'Save' }).click();
  await gone(place);
  await section.getByRole('button', { name: 'Manage', exact: true }).click();
  await seen(section.getByText('add and manage'));

  await section.getByRole('button', { name: 'Add 1 token' }).click();

  await seen(section.getByText('✓ added'), MUCH_MS);
  await section.getByRole('link', { name: 'Settled / Tent' }).click();
  await seen(page.getByRole('heading', { name: 'Tent', level: 1 }));
  expect((await stack.apple.state(stranger.uId)).claim).not.toBeNull();
});

async function token({ tokenId }: HeldLocation) {
  return stage.stack.owner.api.call(routes.getToken, { params: { tokenId } });
}
