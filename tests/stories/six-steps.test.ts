import { routes } from '@winesap/api';
import { addLocation, type HeldLocation, holdLocation, type Stack, startStack, until } from '@winesap/testkit';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  chooseFile,
  dropFile,
  gone,
  type Look,
  launchBrowser,
  NARROW,
  seen,
  type Visit,
  visit,
  WIDE,
  wordsOf,
} from './browser.ts';
import { buildConsoleIfOld } from './built-console.ts';

interface Way {
  how: string;
  look: Look;
  give(field: Locator, file: { name: string; text: string }): Promise<void>;
}

const WAYS: Way[] = [
  { how: 'by dropping the file, on a wide light screen', look: { viewport: WIDE, theme: 'light' }, give: dropFile },
  {
    how: 'through the file browser, on a narrow dark screen',
    look: { viewport: NARROW, theme: 'dark' },
    give: chooseFile,
  },
];

describe.each(WAYS)('a revoked token is restored $how', ({ look, give }) => {
  let stack: Stack;
  let browser: Browser;
  let held: HeldLocation;
  let visited: Visit;
  let name: string;

  beforeAll(async () => {
    buildConsoleIfOld();
    [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
    held = await holdLocation(stack, {
      organization: 'Northwind',
      locationName: 'Chicago HQ',
      fleet: { assets: 4, devices: 60, assignmentsPerDevice: 3 },
    });
    name = held.location.locationName;
    await holdLocation(stack, { organization: 'Contoso', locationName: 'Main' });
    await stack.apple.resetPassword(held.appleId);
    await stack.owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });
    visited = await visit(browser, stack, { as: stack.owner, look });
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const box = () => visited.page.getByRole('region', { name: 'Token problem: Revoked' });

  test('1. it is found in the events, by Receiver Type = vpp-token', async () => {
    const { page } = visited;
    await seen(page.getByRole('heading', { name: '1 token needs you' }));
    await page.getByRole('button', { name: 'Dashboard' }).click();
    await page.getByRole('menuitem', { name: 'Events' }).click();
    await seen(page.getByRole('heading', { name: 'Events', exact: true }));

    const filter = page.getByRole('region', { name: 'Filter' });
    await filter.getByLabel('Receiver Type').selectOption('vpp-token');
    await filter.getByLabel('Level').selectOption('error');

    const line = page.getByRole('list', { name: 'Events' }).getByRole('button').filter({ hasText: name });
    // The previous list stays until the narrower one is read.
    await until(
      'one line',
      () => line.count(),
      (count) => count === 1,
    );
    await seen(page.getByRole('button', { name: '1 token not working' }));
    expect(new URL(page.url()).search).toContain('receiverType=vpp-token');
    await line.click();
    await seen(page.getByText('|| 9625 - The server has revoked the sToken.'));
    await page.getByRole('link', { name: 'Go to the token' }).click();
  });

  test('2. the policy shows in a large box what is wrong and what to do, next to Scan Now', async () => {
    const { page } = visited;
    await seen(box());

    const words = await wordsOf(box());

    expect(words).toContain('Apple has revoked this token.');
    expect(words).toContain('password');
    expect(words).toMatch(/401 - error while retrieving .* \|\| 9625 - The server has revoked the sToken\./);
    expect(words).toMatch(/Renew it/);
    const scanNow = box().getByRole('button', { name: 'Scan Now' });
    // It checks the token before it reads anything, so it works in any state.
    expect(await scanNow.getAttribute('aria-disabled')).toBeNull();
    expect(await page.getByRole('button', { name: 'Scan Now' }).count()).toBe(1);
    await page.getByRole('link', { name: 'Apps and Books Assets' }).click();
    await seen(box());
    await page.getByRole('link', { name: 'Settings → Apple Apps' }).click();
  });

  test('3. the first window explains how to get the file, and accepts it', async () => {
    const { page } = visited;
    await box().getByRole('button', { name: 'Renew' }).click();
    const dialog = await seen(page.getByRole('dialog', { name: `Renew ${name}` }));

    const words = await wordsOf(dialog);

    expect(words).toContain('business.apple.com');
    expect(words).toContain('Content Manager');
    expect(words).toMatch(/Payments and Billing/);
    expect(words).toContain(held.appleId);
    const { tokens } = await stack.owner.api.call(routes.listTokens, {});
    const file = { name: 'sToken_for_Chicago HQ.vpptoken', text: await stack.apple.tokenFile(held.location.uId) };
    await give(dialog.getByLabel('Choose a file'), file);
    await seen(dialog.getByText(file.name));
    await dialog.getByRole('button', { name: 'Save' }).click();
    await seen(page.getByRole('dialog', { name: 'Is this the right token?' }));
    expect(await stack.owner.api.call(routes.listTokens, {})).toMatchObject({ tokens });
  });

  test('4. the second window shows old and new side by side, and stores nothing before Save', async () => {
    const { page } = visited;
    const dialog = page.getByRole('dialog', { name: 'Is this the right token?' });
    const table = dialog.getByRole('table', { name: 'The stored token and the new file compared' });
    const row = (label: string) => table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: label }) });

    expect(await wordsOf(row('Identification number'))).toContain(held.location.uId);
    expect(await wordsOf(row('Identification number'))).toContain('same');
    expect(await wordsOf(row('Name'))).toContain('Chicago HQ');
    expect(await wordsOf(row('Apple ID'))).toContain(held.appleId);
    expect(await wordsOf(row('Organization'))).toContain('Northwind');
    expect(await wordsOf(row('Expires'))).toMatch(/revoked[\s\S]*days/);
    await seen(dialog.getByText('Renewing changes no assignment and removes no app from any device.'));
    const before = await stack.owner.api.call(routes.getToken, { params: { tokenId: held.tokenId } });
    expect(before).toMatchObject({ version: 1, health: { state: 'revoked' } });
    await stack.apple.forgetRequests();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await gone(dialog);
  });

  test('5. the box disappears, everything is read again, and no assignment has changed', async () => {
    const { page } = visited;
    await gone(box());
    const status = page.getByRole('region', { name: 'Token status' });
    await seen(status.getByText('Healthy. Last successful sync'));
    // Times and dates, not only the age.
    expect(await wordsOf(status)).toMatch(/sync \w+ \d+, \d{4}, \d+:\d+\s[AP]M \((just now|\d+ min ago)\)/);

    const token = await stack.owner.api.call(routes.getToken, { params: { tokenId: held.tokenId } });
    const { byLocation } = await stack.apple.requests();

    expect(token).toMatchObject({ version: 2, assignments: 180, health: { state: 'healthy' } });
    expect(byLocation[held.location.uId]?.writes).toBe(0);
    await page.getByRole('link', { name: 'Apps and Books Assets' }).click();
    await seen(page.getByText(/read .*\d{4}, .*\((just now|\d+ min ago)\)/).first());
  });

  test('6. a file of another location is refused with both identities, and Remove Token is offered', async () => {
    const { page } = visited;
    const elsewhere = await addLocation(stack, { organization: 'Northwind', locationName: 'Denver Store' });
    const file = { name: 'sToken_for_Denver Store.vpptoken', text: await stack.apple.tokenFile(elsewhere.uId) };
    await page.getByRole('link', { name: 'Settings → Apple Apps' }).click();
    const card = page.getByRole('region', { name: 'Content token' });
    await card.getByRole('button', { name: 'Renew' }).click();
    const dialog = await seen(page.getByRole('dialog', { name: `Renew ${name}` }));
    await give(dialog.getByLabel('Choose a file'), file);
    await dialog.getByRole('button', { name: 'Save' }).click();

    const mismatch = await seen(page.getByRole('dialog', { name: 'This file opens another location' }));
    const words = await wordsOf(mismatch);

    for (const fact of [held.location.uId, 'Chicago HQ', elsewhere.uId, 'Denver Store']) expect(words).toContain(fact);
    expect(await mismatch.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await seen(mismatch.getByRole('button', { name: 'Choose another file' }));
    await mismatch.getByRole('button', { name: 'Remove Token…' }).click();

    const removal = await seen(page.getByRole('dialog', { name: 'Remove Token' }));
    expect(await wordsOf(removal.getByRole('region', { name: 'This will not' }))).toMatch(/license|app/i);
    await seen(removal.getByRole('region', { name: 'This will', exact: true }));
    const remove = removal.getByRole('button', { name: 'Remove Token' });
    expect(await remove.getAttribute('aria-disabled')).toBe('true');
    await removal.getByLabel('Type Chicago HQ to confirm').fill('Chicago HQ');
    await remove.click();
    await seen(page.getByRole('button', { name: 'Add Token' }));
    const { events } = await stack.owner.api.call(routes.listEvents, { query: { tokenId: held.tokenId } });
    expect(events[0]?.code).toBe('token.removed');
    expect(visited.complaints).toEqual([]);
  });
});
