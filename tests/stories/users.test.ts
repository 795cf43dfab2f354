import { routes } from '@winesap/api';
import { createAppleUsers, type HeldLocation, holdLocation, type Stack, scanned } from '@winesap/testkit';
import { expect, test } from 'vitest';
import { NARROW, seen, type Visit, wordsOf } from './browser.ts';
import { setStage } from './stage.ts';

const BOOK = '900000901';
let school: HeldLocation;
let devices: HeldLocation;

const stage = setStage({}, async (stack) => {
  await stack.apple.settings({ eventDelayMs: 0, eventStepMs: 0 });
  school = await holdLocation(stack, { organization: 'Lakeside Schools', locationName: 'PS01' });
  devices = await holdLocation(stack, { organization: 'Fabrikam', locationName: 'Berlin' });
  const users = createAppleUsers(stack.appleUrl, school.file);
  const names = Array.from({ length: 700 }, (_, n) => `teacher-${String(n).padStart(3, '0')}`);
  for (let at = 0; at < names.length; at += 100)
    await users.create(
      ...names.slice(at, at + 100).map((name) => ({ clientUserId: name, email: `${name}@lakeside.example` })),
    );
  await users.update({ clientUserId: 'teacher-500', email: 'ms.apple@lakeside.example' });
  await users.assign(BOOK, 'teacher-003', 'teacher-004', 'teacher-500');
  await users.retire('teacher-003', 'teacher-005');
  await read(stack, school);
  await read(stack, devices);
});

/** Twice, because a second request within a minute reads everything. */
async function read({ owner }: Stack, { tokenId }: HeldLocation): Promise<void> {
  for (let times = 0; times < 2; times++) {
    await owner.api.call(routes.scanToken, { params: { tokenId } });
    await scanned(owner.api, tokenId);
  }
}

const usersOf = ({ location }: HeldLocation, search = '') => `/locations/${location.uId}/users${search}`;
const tableOf = ({ page }: Visit) => page.getByRole('table', { name: 'Users of this location' });

test('an admin finds the retired teacher who still holds a book, and what it is', async () => {
  const visit = await stage.open({ as: stage.stack.owner, path: `/locations/${school.location.uId}` });
  const { page } = visit;
  await page.getByRole('link', { name: 'Users' }).click();
  await seen(tableOf(visit));
  const all = await wordsOf(page.getByRole('region', { name: 'Users' }));

  await page.getByRole('button', { name: 'Retired, still holding' }).click();
  const row = await seen(tableOf(visit).getByRole('row', { name: /teacher-003/ }));
  const words = await wordsOf(row);
  await seen(page.getByText('1 of 700 users'));
  const address = new URL(page.url()).search;
  await row.getByRole('link', { name: 'What teacher-003 holds' }).click();
  const holdings = await seen(page.getByRole('region', { name: 'What does a device or user hold?' }));
  await seen(holdings.getByText('User teacher-003'));

  expect(all).toMatch(/700 users · 698 registered · 2 retired · read/);
  expect(words).toMatch(/teacher-003@lakeside\.example[\s\S]*Retired[\s\S]*1 license/);
  expect(address).toBe('?status=Retired&holding=true');
  expect(await wordsOf(holdings)).toContain('Retired · teacher-003@lakeside.example');
});

test('only visible rows of hundreds of users are rendered, and arrow keys move through them', async () => {
  const visit = await stage.open({ as: stage.stack.owner, path: usersOf(school) });
  const { page } = visit;
  const table = await seen(tableOf(visit));

  await table.getByRole('link', { name: 'What teacher-000 holds' }).focus();
  for (let times = 0; times < 3; times++) await page.keyboard.press('ArrowDown');
  const focused = await page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press('End');
  await seen(table.getByRole('link', { name: 'What teacher-199 holds' }));

  expect(focused).toBe('teacher-003');
  expect(await table.getAttribute('aria-rowcount')).toBe('701');
  expect(await table.getByRole('row').count()).toBeLessThan(80);
});

test('a link with a search opens the same list, and an email address is found by its prefix', async () => {
  const visit = await stage.open({ as: stage.stack.owner, path: usersOf(school, '?q=MS.app') });
  const { page } = visit;

  await seen(tableOf(visit).getByRole('link', { name: 'What teacher-500 holds' }));
  expect(await tableOf(visit).getByRole('link').count()).toBe(1);
  await page.getByRole('searchbox', { name: 'Search users' }).fill('nobody');
  await seen(page.getByText('No users match these filters'));
  await page.getByRole('button', { name: 'Show all users' }).click();

  await seen(tableOf(visit).getByRole('link', { name: 'What teacher-000 holds' }));
  expect(new URL(page.url()).search).toBe('');
});

test('the list explains why there are no users where devices hold everything', async () => {
  const { page } = await stage.open({ as: stage.stack.owner, path: usersOf(devices) });

  await seen(page.getByText('This location has no users'));

  expect(await wordsOf(page.getByRole('region', { name: 'Users' }))).toContain('0 users');
});

test('on a phone each user is a card, and nothing scrolls sideways', async () => {
  const visit = await stage.open({
    as: stage.stack.owner,
    path: usersOf(school, '?status=Retired'),
    look: { viewport: NARROW, theme: 'dark', touch: true },
  });
  const { page } = visit;

  await seen(tableOf(visit).getByRole('link', { name: 'What teacher-005 holds' }));

  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
});

test("a book's holder is shown with status and email address", async () => {
  const path = `/locations/${school.location.uId}/assets/${BOOK}/STDQ`;
  const { page } = await stage.open({ as: stage.stack.owner, path });

  const row = await seen(page.getByRole('row', { name: /teacher-003/ }));

  expect(await wordsOf(row)).toContain('Retired · teacher-003@lakeside.example');
});
