import { addLocation, type Stack } from '@winesap/testkit';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { faultsOf, OTHER, setFullStage } from './accessible-world.ts';
import { appleAppsOf, dropFile, seen } from './browser.ts';

/** The location that works and has devices as holders. */
const APP = '361309726';
const { stage, held } = setFullStage();

interface Opened {
  what: string;
  path(): string;
  /** Opens the window from the screen. Returns the window. */
  open(page: Page, stack: Stack): Promise<Locator>;
}

async function give(page: Page, dialog: string, uId: string, next: string): Promise<Locator> {
  const first = await seen(page.getByRole('dialog', { name: dialog }));
  const text = await stage.stack.apple.tokenFile(uId);
  await dropFile(first.getByLabel('Choose a file'), { name: 'sToken.vpptoken', text });
  await first.getByRole('button', { name: 'Save' }).click();
  return page.getByRole('dialog', { name: next });
}

const WINDOWS: Opened[] = [
  {
    what: 'Renew, window 1',
    path: () => `${appleAppsOf(held.revoked.policyId)}?window=renew`,
    open: async (page) => page.getByRole('dialog', { name: 'Renew Chicago HQ' }),
  },
  {
    what: 'Renew, window 1 with a wrong file',
    path: () => `${appleAppsOf(held.revoked.policyId)}?window=renew`,
    open: async (page) => {
      const dialog = await seen(page.getByRole('dialog', { name: 'Renew Chicago HQ' }));
      await dropFile(dialog.getByLabel('Choose a file'), { name: 'page.html', text: '<!doctype html><html></html>' });
      await dialog.getByRole('button', { name: 'Save' }).click();
      return dialog.getByRole('alert');
    },
  },
  {
    what: 'Renew, window 2',
    path: () => `${appleAppsOf(held.revoked.policyId)}?window=renew`,
    open: (page) => give(page, 'Renew Chicago HQ', held.revoked.location.uId, 'Is this the right token?'),
  },
  {
    what: 'the mismatch',
    path: () => `${appleAppsOf(held.revoked.policyId)}?window=renew`,
    open: (page) => give(page, 'Renew Chicago HQ', held.healthy.location.uId, 'This file opens another location'),
  },
  {
    what: 'Add Token, window 1',
    path: () => `${appleAppsOf(held.empty.policyId)}?window=add`,
    open: async (page) => page.getByRole('dialog', { name: 'Add Token' }),
  },
  {
    what: 'Add Token, window 2 with another server’s claim',
    path: () => `${appleAppsOf(held.empty.policyId)}?window=add`,
    open: async (page, stack) => {
      const location = await addLocation(stack);
      await stack.apple.claim(location.uId, OTHER);
      const dialog = await give(page, 'Add Token', location.uId, 'Is this the right token?');
      await dialog.getByRole('radio', { name: /^Take over/ }).check();
      return dialog;
    },
  },
  {
    what: 'Who manages',
    path: () => `${appleAppsOf(held.claimed.policyId)}?window=claim`,
    open: async (page) => page.getByRole('dialog', { name: 'Who manages Berlin?' }),
  },
  {
    what: 'Remove Token',
    path: () => `${appleAppsOf(held.healthy.policyId)}?window=remove`,
    open: async (page) => page.getByLabel('Type Harbor Clinic to confirm'),
  },
  {
    what: 'Release',
    path: () => `/locations/${held.healthy.location.uId}/assets/${APP}/STDQ`,
    open: async (page) => {
      await page.getByRole('slider', { name: 'Counts over time' }).waitFor();
      await page
        .getByRole('button', { name: /^Release from/ })
        .first()
        .click();
      return page.getByLabel(/^Type .* to confirm$/);
    },
  },
  {
    what: 'When is it low',
    path: () => `/locations/${held.healthy.location.uId}/assets/${APP}/STDQ`,
    open: async (page) => {
      await page.getByRole('button', { name: 'Change when this asset is low' }).click();
      const dialog = page.getByRole('dialog', { name: /low\?$/ });
      await dialog.getByRole('radio', { name: /percent/ }).check();
      return dialog.getByLabel('Percent', { exact: true });
    },
  },
  {
    what: 'the palette',
    path: () => '/',
    open: async (page) => {
      await page.getByRole('button', { name: 'Go to…' }).click();
      return page.getByRole('dialog', { name: 'Go to' });
    },
  },
  {
    what: 'Add rule',
    path: () => '/alerts/rules',
    open: async (page) => {
      await page.getByRole('button', { name: 'Change Tokens that broke' }).click();
      const dialog = await seen(page.getByRole('dialog', { name: 'Change Tokens that broke' }));
      await dialog.getByLabel('Pass on after … hours').fill('4');
      await dialog.getByLabel('Watch').selectOption({ label: 'A policy and all below it' });
      return dialog.getByRole('group', { name: 'Pass on to' });
    },
  },
  {
    what: 'Add channel',
    path: () => '/alerts/channels',
    open: async (page) => {
      await page.getByRole('button', { name: 'Add channel' }).click();
      const dialog = await seen(page.getByRole('dialog', { name: 'Add channel' }));
      for (const box of ['Quiet hours', 'Weekly report']) await dialog.getByLabel(box).check();
      return dialog.getByRole('combobox', { name: 'Time zone' });
    },
  },
  {
    what: 'Add person',
    path: () => '/settings/people',
    open: async (page) => {
      await page.getByRole('button', { name: 'Add person' }).click();
      return page.getByRole('dialog', { name: 'Add person' });
    },
  },
  {
    what: 'Your new key',
    path: () => '/settings/keys',
    open: async (page) => {
      await page.getByRole('button', { name: 'Add key' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add key' });
      await dialog.getByRole('textbox').first().fill('backup');
      await dialog.getByRole('button', { name: 'Save' }).click();
      return page.getByRole('dialog', { name: 'Your new key' });
    },
  },
  {
    what: 'Add policy',
    path: () => appleAppsOf(held.empty.policyId),
    open: async (page) => {
      await page.getByRole('button', { name: 'Add policy' }).click();
      return page.getByRole('dialog', { name: 'Add policy' });
    },
  },
];

test.each(WINDOWS)('the window $what', async ({ what, path, open }) => {
  const { page } = await stage.open({ as: stage.stack.owner, path: path() });
  await seen(await open(page, stage.stack));

  expect(await faultsOf(page), what).toEqual([]);
});
