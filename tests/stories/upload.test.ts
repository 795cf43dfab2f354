import { AxeBuilder } from '@axe-core/playwright';
import { routes } from '@winesap/api';
import { holdLocation } from '@winesap/testkit';
import { expect, test } from 'vitest';
import { chooseFile, dropFile, NARROW, seen, wordsOf } from './browser.ts';
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

test('a customer without access learns where the file is, drops it on his phone, and the token works again', async () => {
  const { stack } = stage;
  const { held, path } = await brokenWithLink('Harbor Clinic');
  const other = await holdLocation(stack, { locationName: 'Hill Clinic' });
  const { page } = await stage.open({ path, look: { viewport: NARROW, theme: 'dark' } });
  await seen(page.getByRole('heading', { name: 'A fresh content token for Harbor Clinic' }));
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);

  const field = page.getByLabel('Choose a file');
  await dropFile(field, { name: 'wrong.vpptoken', text: await stack.apple.tokenFile(other.location.uId) });
  await page.getByRole('button', { name: 'Send' }).click();
  expect(await wordsOf(await seen(page.getByRole('alert')))).toContain('This file opens another location.');
  await chooseFile(field, { name: 'right.vpptoken', text: await stack.apple.tokenFile(held.location.uId) });
  await page.getByRole('button', { name: 'Send' }).click();

  await seen(page.getByRole('heading', { name: 'Done' }));
  const token = await stack.owner.api.call(routes.getToken, { params: { tokenId: held.tokenId } });
  expect(token.health.state).toBe('healthy');
});
