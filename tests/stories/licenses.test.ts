import { readFile } from 'node:fs/promises';
import { routes } from '@winesap/api';
import { type HeldLocation, holdLocation, type Stack, until } from '@winesap/testkit';
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { gone, press, reasonOf, seen, type Visit, wordsOf } from './browser.ts';
import { setStage } from './stage.ts';

let held: HeldLocation;
let school: HeldLocation;
let watched: HeldLocation;

const stage = setStage({ notified: true }, async (stack) => {
  held = await holdLocation(stack, {
    organization: 'Northwind',
    locationName: 'Chicago HQ',
    purchases: [
      { adamId: '361309726', quantity: 10 },
      { adamId: '361304891', unlimited: true },
      { adamId: '900000901', quantity: 5, productType: 'Book' },
    ],
    fleet: { assets: 400, devices: 40, assignmentsPerDevice: 10 },
  });
  school = await holdLocation(stack, {
    organization: 'Lakeside Schools',
    locationName: 'PS01',
    purchases: [],
    fleet: { assets: 2, devices: 1500, assignmentsPerDevice: 2 },
  });
  watched = await holdLocation(stack, {
    organization: 'Fabrikam',
    locationName: 'Berlin',
    mode: 'watch',
    purchases: [],
    fleet: { assets: 1, devices: 3, assignmentsPerDevice: 1 },
  });
  await pastOf(stack, school, [
    { day: '2026-03-02', total: 900, assigned: 700 },
    { day: '2026-08-31', total: 1200, assigned: 1100 },
    { day: '2026-09-07', total: 1700, assigned: 1400 },
  ]);
});
afterEach(async () => {
  await stage.stack.apple.endFaults();
  await stage.stack.apple.settings({ eventDelayMs: 0 });
});

/** Backdates scans to those days. */
async function pastOf(
  stack: Stack,
  { location }: HeldLocation,
  days: { day: string; total: number; assigned: number }[],
) {
  await stack.withDatabase(async ({ db }) => {
    for (const { day, total, assigned } of days)
      await sql`
        insert into asset_days (asset_no, day, read_at, total, assigned, available, retired, unlimited, gone)
        select no, ${day}::date, ${`${day}T06:00:00Z`}::timestamptz, ${total}::int, ${assigned}::int, ${total - assigned}::int, 0, false, false
        from assets where location_uid = ${location.uId}`.execute(db);
  });
}

/** An asset of a location with devices as holders, and some of them. */
async function heldAsset({ location }: HeldLocation) {
  const { api } = stage.stack.owner;
  const { assets } = await api.call(routes.listLocationAssets, {
    params: { uId: location.uId },
    query: { sort: 'assigned', order: 'desc', limit: 1 },
  });
  const [asset] = assets;
  if (asset === undefined) throw new Error('The location owns nothing.');
  const key = { uId: location.uId, adamId: asset.adamId, pricingParam: asset.pricingParam };
  const { holders } = await api.call(routes.listHolders, { params: key, query: { limit: 500 } });
  return { asset, path: `/locations/${key.uId}/assets/${key.adamId}/${key.pricingParam}`, holders };
}

const assetsOf = (search = '') => `/policies/${held.policyId}/assets${search}`;

test('a link with filters opens the same list, and further filters change the link', async () => {
  const { page } = await stage.open({ as: stage.stack.owner, path: assetsOf('?type=Book') });
  const table = page.getByRole('table', { name: 'Apps and books of this location' });
  await seen(table.getByText('900000901', { exact: true }));
  expect(await table.getByRole('link').count()).toBe(1);
  expect(await page.getByLabel('Type').inputValue()).toBe('Book');

  await page.getByLabel('Type').selectOption('');
  await table.getByRole('button', { name: 'total' }).click();
  await seen(table.getByRole('row', { name: /unlimited/ }).first());
  await page.getByLabel('Search assets').fill('361304891');
  await page.waitForURL(/q=361304891/);

  await table.getByRole('link').nth(1).waitFor({ state: 'hidden' });
  const [row] = await table
    .getByRole('row')
    .filter({ has: page.getByRole('link') })
    .all();
  expect(await wordsOf(row ?? table)).toContain('unlimited');
  expect(new URL(page.url()).search).toBe('?sort=-total&q=361304891');
});

test('the overview shows where licenses run out, and links there', async () => {
  const { page } = await stage.open({ as: stage.stack.owner, path: '/' });

  await page.getByRole('link', { name: '2 low on licenses at PS01' }).click();

  await page.waitForURL(/\/policies\/[^/]+\/assets\?low=true/);
  const table = page.getByRole('table', { name: 'Apps and books of this location' });
  await seen(table);
  expect(await table.getByRole('rowheader').count()).toBe(2);
});

test('low assets are in one list across all locations, and an app is found wherever it is', async () => {
  const { page } = await stage.open({ as: stage.stack.owner, path: '/' });
  await page.getByRole('button', { name: 'Dashboard' }).click();
  await page.getByRole('menuitem', { name: 'Licenses' }).click();
  const table = page.getByRole('table', { name: 'Apps and books of all locations' });
  await seen(table);
  const status = page.getByRole('region', { name: 'Apps and books' }).getByRole('status');
  expect(await wordsOf(status)).toMatch(/^\d+ assets? (is|are) low$/);
  expect(await page.getByRole('button', { name: 'Low' }).getAttribute('aria-pressed')).toBe('true');

  const answered = Promise.withResolvers<void>();
  await page.route(/[?&]q=361309726/, async (route) => {
    await answered.promise;
    await route.continue();
  });
  await page.getByLabel('Search apps and books').fill('361309726');
  // The previous rows are still there, but without a count.
  await until(
    'the search to begin',
    () => wordsOf(status),
    (words) => words === 'Searching…',
  );
  await seen(page.locator('[aria-busy=true]').filter({ has: table }));
  answered.resolve();
  await until(
    'the search to be made',
    () => wordsOf(status),
    (words) => words === '3 assets found',
  );
  await seen(table.getByRole('row').filter({ hasText: 'Chicago HQ' }).getByText('Northwind'));
  expect(page.url()).toContain('q=361309726');
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download these apps and books as CSV' }).click();
  const file = await readFile(await (await downloading).path(), 'utf8');
  expect(file).toContain(`Northwind,Chicago HQ,${held.location.uId},361309726`);
  await page.getByRole('button', { name: 'Low' }).click();
  await until(
    'only those that run out to be left',
    () => wordsOf(status),
    (words) => words === '1 asset is low',
  );
  await page.getByLabel('Search apps and books').fill('no such app');
  await seen(page.getByText('No matching apps or books'));

  await page.getByLabel('Search apps and books').fill('361309726');
  await table.getByRole('link').first().click();
  await page.waitForURL(/\/locations\/\d+\/assets\/361309726\//);
});

test('a device is found in any location by its complete serial number', async () => {
  const params = { uId: school.location.uId };
  const { api } = stage.stack.owner;
  const [asset] = (await api.call(routes.listLocationAssets, { params })).assets;
  const { adamId = '', pricingParam = '' } = asset ?? {};
  const { holders } = await api.call(routes.listHolders, { params: { ...params, adamId, pricingParam } });
  const serial = holders[0]?.holder ?? '';
  const { page } = await stage.open({ as: stage.stack.owner, path: '/licenses' });

  const field = page.getByLabel('Serial number or user');
  await field.fill(serial.toLowerCase());
  await field.press('Enter');

  const card = page.getByRole('region', { name: 'What does a device or user hold?' });
  await seen(card.getByText(`Device ${serial}`));
  expect(await card.getByRole('listitem').count()).toBe(2);
  expect(await wordsOf(card.getByRole('heading', { name: /^PS01/ }))).toContain('Lakeside Schools');
  await page.reload();
  await seen(card.getByText(`Device ${serial}`));
  await field.fill('NOBODY');
  await page.getByRole('button', { name: 'Find' }).click();
  await seen(card.getByText('Nothing is assigned to “NOBODY” anywhere.'));
});

test('the keyboard moves through hundreds of assets and opens one', async () => {
  const { page } = await stage.open({ as: stage.stack.owner, path: assetsOf('?sort=adamId') });
  const table = page.getByRole('table', { name: 'Apps and books of this location' });
  await seen(table.getByRole('link').first());
  const all = Number(await table.getAttribute('aria-rowcount')) - 1;
  const focused = () =>
    page.evaluate(() => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex') ?? 'nowhere');
  expect(all).toBeGreaterThan(390);
  expect(await table.getByRole('link').count(), 'only the rows in sight are drawn').toBeLessThan(60);

  await table.getByRole('link').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe('4');
  for (let pressed = 0; pressed < 15; pressed += 1) await page.keyboard.press('PageDown');
  expect(await focused()).toBe('154');
  const leadsTo = await page.evaluate(() => document.activeElement?.getAttribute('href') ?? 'nowhere');
  await page.keyboard.press('Enter');

  // Not by its name, which may arrive from the store at this moment.
  await page.waitForURL((url) => url.pathname === leadsTo);
  await seen(page.getByRole('region', { name: 'Counts' }));
});

test('a location shows how it was read, and what one device holds', async () => {
  const { page } = await stage.open({ as: stage.stack.owner, path: assetsOf() });
  await page
    .getByRole('navigation', { name: 'Sections of this policy' })
    .getByRole('link', { name: 'Location' })
    .click();
  const scans = page.getByRole('table', { name: 'Scans of this location, newest first' });
  const newest = scans.getByRole('row').nth(1);
  await seen(newest);
  expect(await wordsOf(newest)).toContain('of a new token');
  expect(await wordsOf(newest)).toMatch(/40[12] new/);

  const [{ holder } = { holder: '' }] = (await heldAsset(held)).holders;
  await page.getByLabel('Search by serial number or user').fill(holder.toLowerCase());
  const answer = page.getByRole('region', { name: 'What does a device or user hold?' });
  await seen(answer.getByText(/holds 10 licenses/));
  expect(await answer.getByRole('listitem').count()).toBe(10);
  expect(new URL(page.url()).search).toContain(holder.toLowerCase());

  // The location's own address leads to the same page, in the frame of its policy.
  const address = page.url();
  await page.goto(`/locations/${held.location.uId}${new URL(address).search}`);
  await seen(page.getByRole('treeitem', { selected: true }));
  expect(page.url()).toBe(address);
});

test("one of fifteen hundred holders is found by a serial number's prefix, and scrolling loads the others", async () => {
  const { asset, path, holders } = await heldAsset(school);
  const { page } = await stage.open({ as: stage.stack.owner, path });
  const table = page.getByRole('table', { name: 'Who holds a license of it' });
  await seen(table);
  expect(asset.assigned).toBe(1500);
  expect(await table.getAttribute('aria-rowcount')).toBe('1501');

  // The print version is complete, with every row, not only the visible ones.
  const printed = page.waitForFunction(() => document.body.dataset.printed === 'true');
  await page.evaluate(() => {
    window.print = () => {
      document.body.dataset.printed = 'true';
    };
  });
  await page.keyboard.press('Control+p');
  await printed;
  const pages = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(1500 / 30);
  expect(pages).toBeLessThan(1500 / 8);

  const wanted = holders[321]?.holder ?? '';
  await page.getByLabel('Search holders').fill(wanted.toLowerCase());
  await seen(table.getByRole('rowheader', { name: wanted }));
  await page.waitForURL(new RegExp(`q=${wanted.toLowerCase()}`));
  expect(await table.getByRole('rowheader').count()).toBe(1);
  await page.getByLabel('Held by').selectOption('user');
  await seen(page.getByText('No matching holders'));
  await page.getByRole('button', { name: 'Show all holders' }).click();
  await seen(table);

  const furthest = async () => {
    await page.mouse.wheel(0, 9000);
    return Number(await table.getByRole('row').last().getAttribute('aria-rowindex'));
  };
  await expect.poll(furthest, { timeout: 20_000, interval: 100 }).toBeGreaterThan(700);
});

test("Apple's notifications for a location are in its inbox, and the secret is changed without losing any", async () => {
  const { apple, owner } = stage.stack;
  const { page } = await stage.open({ as: owner, path: `/locations/${school.location.uId}` });
  const card = page.getByRole('region', { name: 'Notifications' });
  await seen(card.getByText('Set at Apple'), 30_000);
  await apple.buy(school.location.uId, { adamId: '361309726', quantity: 7 });
  const inbox = card.getByRole('table', { name: 'Notifications of this location, newest first' });
  await seen(inbox.getByRole('row').filter({ hasText: 'asset count' }).filter({ hasText: 'Done' }), 30_000);
  expect(await reasonOf(card.getByRole('button', { name: 'Replay failed' }))).toContain('nothing to replay');
  const downloading = page.waitForEvent('download');
  await card.getByRole('link', { name: 'Download these notifications as CSV' }).click();
  expect(await readFile(await (await downloading).path(), 'utf8')).toMatch(/,done,ASSET_COUNT,/);

  await card.getByRole('button', { name: 'Rotate secret' }).click();
  const window = page.getByRole('dialog', { name: 'Rotate the secret?' });
  await window.getByRole('button', { name: 'Rotate secret' }).click();
  await gone(window);

  await seen(page.getByText('A new secret is on its way to Apple. Until Apple has it, both are good.'));
});

test('a past day can be opened by link, by keyboard in the chart, and in the table', async () => {
  const { path } = await heldAsset(school);
  const { page } = await stage.open({ as: stage.stack.owner, path: `${path}?span=all&asOf=2026-06-01` });
  const counts = page.getByRole('region', { name: 'Counts' });
  await seen(counts.getByText('700 on Jun 1, 2026'));
  expect(await wordsOf(counts)).toContain('200 on Jun 1, 2026');

  const plot = page.getByRole('slider', { name: 'Counts over time' });
  expect(await plot.getAttribute('aria-valuetext')).toBe('Mar 2, 2026: 900 in total, 700 assigned, 200 available');
  await plot.focus();
  await page.keyboard.press('ArrowRight');
  expect(await plot.getAttribute('aria-valuetext')).toBe('Aug 31, 2026: 1,200 in total, 1,100 assigned, 100 available');
  await page.keyboard.press('Enter');
  await page.waitForURL(/asOf=2026-08-31/);
  await seen(counts.getByText('1,100 on Aug 31, 2026'));

  await page.getByRole('button', { name: 'Show as table' }).click();
  const table = page.getByRole('table', { name: /^Counts on the days/ });
  await table.getByRole('button', { name: 'Sep 7, 2026' }).click();
  await seen(counts.getByText('1,400 on Sep 7, 2026'));
  await page.getByRole('button', { name: 'Back to now' }).click();
  await gone(counts.getByText('1,400 on Sep 7, 2026'));
});

test('one license is released by hand: explained beforehand, followed through a reload, and gone from the list', async () => {
  const { apple, owner } = stage.stack;
  const { asset, path, holders } = await heldAsset(school);
  const holder = holders[3]?.holder ?? '';
  // Apple takes an hour, until its clock is moved.
  await apple.settings({ eventDelayMs: 3_600_000 });
  const { page } = await stage.open({ as: owner, path });
  const table = page.getByRole('table', { name: 'Who holds a license of it' });

  await table.getByRole('button', { name: `Release from ${holder}` }).click();
  const window = page.getByRole('dialog', { name: /^Release / });
  const sections = await window.getByRole('heading', { level: 3 }).allInnerTexts();
  expect(sections).toEqual(['This will not', 'This will']);
  expect(await reasonOf(window.getByRole('button', { name: 'Release', exact: true }))).toBe(`Type ${holder} first.`);
  await window.getByLabel(`Type ${holder} to confirm`).fill(holder);
  await window.getByRole('button', { name: 'Release', exact: true }).click();
  await gone(window);
  const line = page.getByRole('region', { name: 'Releases' }).getByRole('listitem').filter({ hasText: holder });
  await seen(line.getByText('Apple works on it'));
  await seen(table.getByText('being released…'));

  await page.reload();
  await seen(line.getByText('Apple works on it'));
  await apple.advance(3_600_000);

  await seen(line.getByText(/Released\./), 30_000);
  await gone(table.getByRole('rowheader', { name: holder }));
  await seen(page.getByText(`${((asset.assigned ?? 0) - 1).toLocaleString('en-US')} assigned licenses`));
});

test('a release that Apple refuses shows Apple’s reason, and the license stays', async () => {
  const { apple, owner } = stage.stack;
  const { path, holders } = await heldAsset(school);
  const holder = holders[7]?.holder ?? '';
  await apple.fault({ name: 'event-fails', times: 1, errorNumber: 9644, share: 1 });
  const { page } = await stage.open({ as: owner, path });

  await page.getByRole('button', { name: `Release from ${holder}` }).click();
  await page.getByLabel(`Type ${holder} to confirm`).fill(holder);
  await page.getByRole('dialog').getByRole('button', { name: 'Release', exact: true }).click();

  const line = page.getByRole('region', { name: 'Releases' }).getByRole('listitem').filter({ hasText: holder });
  await seen(line.getByText(/9644/).first(), 30_000);
  expect(await line.getAttribute('data-state')).toBe('failed');
  await seen(page.getByRole('rowheader', { name: holder }));
});

test('where releases are not allowed, the button says why', async () => {
  const { path } = await heldAsset(watched);
  const first = (of: Visit) => of.page.getByRole('button', { name: /^Release from/ }).first();
  const asOwner = await stage.open({ as: stage.stack.owner, path });
  expect(await reasonOf(first(asOwner))).toMatch(/watch/i);
  const viewer = await stage.stack.join('viewer', 'Vera Viewer');
  const asViewer = await stage.open({ as: viewer, path: (await heldAsset(school)).path });
  expect(await reasonOf(first(asViewer))).not.toBe('');
  await press(first(asViewer));
  expect(await asViewer.page.getByRole('dialog').count()).toBe(0);
});
