import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { AppleSide } from './apple-side.ts';

let apple: AppleSide;
let browser: Browser;
let page: Page;
const problems: string[] = [];
beforeAll(async () => {
  apple = await AppleSide.start({ scenario: 'token-lifecycle' });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
});
beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`${apple.url}/_sim/`);
  return () => context.close();
});
afterAll(() => Promise.all([browser.close(), apple.close()]));

test('a person adds a location, downloads its token, buys, and the token works', async () => {
  await page.getByText('Add a location').click();
  await page.getByLabel('Organization').fill('Wingtip Toys');
  await page.getByLabel('Location', { exact: true }).fill('Warehouse');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('heading', { name: /Warehouse/ }).waitFor();

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download token' }).click();
  const download = await downloading;
  const token = await readFile(await download.path(), 'utf8');
  await page.getByLabel('App or book').fill('361309726');
  await page.getByLabel('Licenses', { exact: true }).fill('25');
  await page.getByRole('button', { name: 'Buy', exact: true }).click();
  await page.getByRole('cell', { name: 'Quillwork Writer' }).waitFor();

  expect(download.suggestedFilename()).toBe('sToken_for_Warehouse.vpptoken');
  expect((await apple.call('getAssets', { token })).body.assets).toMatchObject([
    { adamId: '361309726', totalCount: 25 },
  ]);
  expect(problems).toEqual([]);
});

test('a person resets a password and sees the token revoked', async () => {
  await page.getByRole('button', { name: 'Main Contoso' }).click();
  await page.getByRole('button', { name: 'Reset password' }).click();

  await page.getByText('Password reset: 1 tokens revoked.').waitFor();
  await page.getByText('revoked', { exact: true }).waitFor();
  expect(problems).toEqual([]);
});

test('a person switches a fault on and off, and lets time pass', async () => {
  await page.getByLabel('What goes wrong').selectOption('maintenance');
  await page.getByLabel('retryAfterSeconds').fill('30');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByText('maintenance · everywhere').waitFor();
  const struck = await fetch(`${apple.url}/mdm/v2/service/config`);
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped.').waitFor();
  const after = await fetch(`${apple.url}/mdm/v2/service/config`);

  expect([struck.status, struck.headers.get('retry-after'), after.status]).toEqual([503, '30', 200]);
  const before = Date.parse((await apple.control('GET', '/clock')).now);
  await page.getByRole('button', { name: '+ 30 days' }).click();
  await page.getByText('Time has passed.').waitFor();
  expect(Date.parse((await apple.control('GET', '/clock')).now) - before).toBe(30 * 86_400_000);
  expect(problems).toEqual([]);
});

test.each(['light', 'dark'] as const)('nothing keeps anybody out, %s, narrow and wide', async (colorScheme) => {
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 1440, height: 900 },
  ]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    await page.getByRole('heading', { name: 'Content tokens' }).waitFor();

    const { violations } = await new AxeBuilder({ page }).analyze();

    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
  }
});
