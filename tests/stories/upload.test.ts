import { AxeBuilder } from '@axe-core/playwright';
import { routes } from '@winesap/api';
import { holdLocation } from '@winesap/testkit';
import { expect, test } from 'vitest';
import { appleAppsOf, chooseFile, dropFile, gone, NARROW, seen, wordsOf } from './browser.ts';
import { setStage } from './stage.ts';

const stage = setStage();

async function brokenWithLink(locationName: string) {
  const { stack } = stage;
  const held = await holdLocation(stack, { locationName });
  await stack.apple.resetPassword(held.appleId);
  const params = { tokenId: held.tokenId };
  await stack.owner.api.call(routes.checkToken, { params });
  const { path } = await stack.owner.api.call(routes.addUploadLink, { params, body: { days: 3, autoConfirm: true } });
  return { held, path };
}

test('a customer without access learns where the file is, drops it on a phone, and the token works again', async () => {
  const { stack } = stage;
  const { held, path } = await brokenWithLink('Harbor Clinic');
  const other = await holdLocation(stack, { locationName: 'Hill Clinic' });
  const { page } = await stage.open({ path, look: { viewport: NARROW, theme: 'dark' } });
  await seen(page.getByRole('heading', { name: 'A fresh content token for Harbor Clinic' }));
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);

  const field = page.getByLabel('Choose a file');
  await dropFile(field, { name: 'wrong.vpptoken', text: await stack.apple.tokenFile(other.location.uId) });
  await page.getByRole('button', { name: 'Send' }).click();
  expect(await wordsOf(await seen(page.getByRole('alert')))).toContain('This file is for another location.');
  await chooseFile(field, { name: 'right.vpptoken', text: await stack.apple.tokenFile(held.location.uId) });
  await page.getByRole('button', { name: 'Send' }).click();

  await seen(page.getByRole('heading', { name: 'Done' }));
  const token = await stack.owner.api.call(routes.getToken, { params: { tokenId: held.tokenId } });
  expect(token.health.state).toBe('healthy');
});

test('a link is created in the console, the customer sends the file, and an admin confirms it', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { locationName: 'Chicago HQ' });
  const { page } = await stage.open({ as: stack.owner, path: appleAppsOf(held.policyId) });
  const help = await seen(page.getByRole('region', { name: 'Renewal help' }));
  expect(await wordsOf(help)).toContain('Payments and Billing');
  await help.getByRole('button', { name: 'Send a link to the customer' }).click();
  const make = await seen(page.getByRole('dialog', { name: 'Send a link to the customer' }));
  await make.getByLabel('Good for').selectOption({ label: '3 days' });
  await make.getByRole('button', { name: 'Make the link' }).click();
  const shown = await seen(page.getByRole('dialog', { name: 'A link for the customer' }));
  const address = await wordsOf(shown.getByText(/^http\S+$/));
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);
  await shown.getByRole('button', { name: 'Done' }).click();
  await seen(help.getByText('Waits for a file'));

  const customer = await stage.open({ path: new URL(address).pathname });
  await dropFile(customer.page.getByLabel('Choose a file'), {
    name: 'fresh.vpptoken',
    text: await stack.apple.tokenFile(held.location.uId),
  });
  await customer.page.getByRole('button', { name: 'Send' }).click();
  await seen(customer.page.getByRole('heading', { name: 'Done' }));

  // It appears on the open page, without a reload.
  const waits = await seen(
    page.getByRole('region', { name: /^Token problem/ }).filter({ hasText: 'A fresh file is waiting for you.' }),
  );
  expect(await wordsOf(waits)).toContain('fresh.vpptoken');
  expect((await token(held.tokenId)).version).toBe(1);
  // And above every other screen, and in the token's row of the overview.
  await page.getByRole('link', { name: 'Winesap, overview' }).click();
  await seen(page.getByText(/^A file for Chicago HQ \(.+\) waits to be confirmed\.$/));
  await page.getByRole('link', { name: 'Review the file for Chicago HQ' }).click();
  await waits.getByRole('button', { name: 'Look at it' }).click();
  const second = await seen(page.getByRole('dialog', { name: 'Is this the right token?' }));
  await second.getByRole('button', { name: 'Save' }).click();

  await gone(waits);
  await seen(help.getByText('Used'));
  expect((await token(held.tokenId)).version).toBe(2);
});

test('an unwanted file is declined, and a link can be revoked', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { locationName: 'Berlin' });
  const params = { tokenId: held.tokenId };
  const body = { days: 3, autoConfirm: false };
  const used = await stack.owner.api.call(routes.addUploadLink, { params, body });
  const open = await stack.owner.api.call(routes.addUploadLink, { params, body });
  await stack.owner.api.call(routes.sendUpload, {
    params: { secret: used.path.split('/').at(-1) ?? '' },
    query: { fileName: 'fresh.vpptoken' },
    body: new TextEncoder().encode(await stack.apple.tokenFile(held.location.uId)),
  });
  const { page } = await stage.open({ as: stack.owner, path: appleAppsOf(held.policyId) });
  const waits = await seen(
    page.getByRole('region', { name: /^Token problem/ }).filter({ hasText: 'A fresh file is waiting for you.' }),
  );

  await waits.getByRole('button', { name: 'Decline…' }).click();
  await page.getByRole('dialog', { name: 'Decline this file?' }).getByRole('button', { name: 'Decline' }).click();
  await gone(waits);
  await page
    .getByRole('list', { name: 'Upload links' })
    .getByRole('button', { name: /^Revoke the link of/ })
    .click();
  await page.getByRole('dialog', { name: 'Revoke this link?' }).getByRole('button', { name: 'Revoke' }).click();
  await seen(page.getByRole('list', { name: 'Upload links' }).getByText('Revoked'));

  expect((await token(held.tokenId)).version).toBe(1);
  const customer = await stage.open({ path: open.path });
  await seen(customer.page.getByRole('heading', { name: 'This link does not work.' }));
});

function token(tokenId: string) {
  return stage.stack.owner.api.call(routes.getToken, { params: { tokenId } });
}
