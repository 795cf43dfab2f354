import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { routes } from '@winesap/api';
import { addLocation, addOrganization, type HeldLocation, holdLocation, wrongFiles } from '@winesap/testkit';
import { expect, test } from 'vitest';
import { dropFiles, gone, reasonOf, seen, wordsOf } from './browser.ts';
import { setStage } from './stage.ts';

const DAY_MS = 86_400_000;
const GOOD = 35;
/** About two hundred requests to Apple's side, on a machine that may be busy. */
const MUCH_MS = 40_000;

const held: HeldLocation[] = [];
let newcomer: { policyId: string; name: string };

const stage = setStage({}, async (stack) => {
  const purchases = [{ adamId: '361309726', quantity: 20 }];
  newcomer = await addOrganization(stack.owner.api, 'Newcomer');
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

test('of forty files at once, five are bad and named, and thirty-five renew after one confirmation', async () => {
  const { stack } = stage;
  const fresh = ({ location }: { location: { uId: string } }) => stack.apple.tokenFile(location.uId);
  const [first, ...others] = held;
  const older = others.pop();
  if (first === undefined || older === undefined) throw new Error('Nothing is held.');
  const stranger = await addLocation(stack, { locationName: 'Newcomer Campus' });
  const wrong = wrongFiles(first.file);
  const textOf = (what: string) => new TextDecoder().decode(wrong.find((one) => one.what === what)?.bytes);
  const good = await Promise.all(
    [first, ...others].map(async (one) => ({ name: `${one.location.locationName}.vpptoken`, text: await fresh(one) })),
  );
  const bad = [
    { name: 'enrollment.p7m', text: textOf('an enrollment token as mail') },
    { name: 'cut-off.vpptoken', text: textOf('a token file cut off in the middle') },
    { name: 'newcomer.vpptoken', text: await stack.apple.tokenFile(stranger.uId) },
    { name: 'again.vpptoken', text: await fresh(first) },
    {
      name: 'last-year.vpptoken',
      text: await stack.apple.tokenFile(older.location.uId, { expiresAt: new Date(Date.now() + 9 * DAY_MS) }),
    },
  ];
  const { page } = await stage.open({ as: stack.owner });
  await dropFiles(page.getByRole('heading', { name: /need you$/ }), [...good, ...bad]);
  const section = await seen(page.getByRole('region', { name: 'Dropped files' }));
  await seen(section.getByRole('progressbar', { name: 'Looking at the files' }));

  await seen(section.getByText('40 files: 35 ready to renew, 5 with a problem.'), MUCH_MS);
  const table = section.getByRole('table', { name: 'The dropped files and what each would do' });
  const rowOf = (name: string) => table.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  const SAYS = {
    'enrollment.p7m': 'This is an automated enrollment token, not a content token.',
    'cut-off.vpptoken': 'This is not a content token.',
    'newcomer.vpptoken': 'Winesap holds no token for Newcomer Campus.',
    'again.vpptoken': 'School 01.vpptoken renews the same token.',
    'last-year.vpptoken': 'This file expires earlier than the stored one.',
  };
  for (const [name, words] of Object.entries(SAYS)) expect(await wordsOf(rowOf(name))).toContain(words);
  expect(await wordsOf(rowOf('School 07.vpptoken'))).toContain('ready, same identity');
  await rowOf('last-year.vpptoken').getByRole('button', { name: 'Details of last-year.vpptoken' }).click();
  await seen(section.getByRole('checkbox', { name: 'Use the older file all the same' }));
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);
  for (const one of held) expect((await token(one)).version).toBe(1);

  await section.getByRole('button', { name: 'Renew 35 tokens' }).click();

  await seen(section.getByText('40 files: 35 tokens renewed, 5 files not used.'), MUCH_MS);
  for (const one of [first, ...others]) expect((await token(one)).version).toBe(2);
  expect((await token(older)).version).toBe(1);
  expect(await reasonOf(section.getByRole('button', { name: 'Renew tokens' }))).toContain('is renewed');

  const downloading = page.waitForEvent('download');
  await section.getByRole('button', { name: 'CSV' }).click();
  const lines = (await readFile(await (await downloading).path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(41);
  expect(lines.filter((line) => line.includes(',renewed,'))).toHaveLength(GOOD);
  expect(lines.find((line) => line.startsWith('newcomer.vpptoken'))).toContain('Winesap holds no token');

  await section.getByRole('button', { name: 'Problems 5' }).click();
  await rowOf('newcomer.vpptoken').getByRole('button', { name: 'Add it to a policy…' }).click();
  const pick = await seen(page.getByRole('dialog', { name: 'Add to which policy?' }));
  await pick.getByLabel('Organization').selectOption({ label: 'Newcomer' });
  await pick.getByLabel('Policy').selectOption({ label: newcomer.name });
  await pick.getByRole('button', { name: 'Next' }).click();
  const confirm = await seen(page.getByRole('dialog', { name: 'Is this the right token?' }));
  await confirm.getByRole('button', { name: 'Save' }).click();
  await gone(confirm);
  await seen(section.getByText('40 files: 35 tokens renewed, 1 token added, 4 files not used.'));

  // Another screen and back: the results are still there.
  await page.getByRole('link', { name: 'Policies', exact: true }).click();
  await page.getByRole('link', { name: 'Winesap, overview' }).click();
  await seen(section);
  await section.getByRole('button', { name: 'Clear the list' }).click();
  await gone(section);
});

async function token({ tokenId }: HeldLocation) {
  return stage.stack.owner.api.call(routes.getToken, { params: { tokenId } });
}
