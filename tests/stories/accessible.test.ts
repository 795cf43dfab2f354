import { AxeBuilder } from '@axe-core/playwright';
import { routes } from '@winesap/api';
import {
  addLocation,
  addOrganization,
  createAppleUsers,
  type HeldLocation,
  holdLocation,
  type Stack,
  scanned,
} from '@winesap/testkit';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { appleAppsOf, dropFile, NARROW, seen, WIDE } from './browser.ts';
import { setStage } from './stage.ts';

const DAY_MS = 86_400_000;
/** The location that works and has devices as holders. */
const APP = '361309726';
const OTHER = { id: 'other-server-1', name: 'Other MDM', metadata: 'since spring' };
const fresh = setStage({ firstRun: true });

let revoked: HeldLocation;
let healthy: HeldLocation;
let claimed: HeldLocation;
let empty: { policyId: string };
let channelId: string;

const stage = setStage({}, async (stack) => {
  const fleet = { assets: 5, devices: 40, assignmentsPerDevice: 3 };
  revoked = await holdLocation(stack, { organization: 'Northwind', locationName: 'Chicago HQ', fleet });
  healthy = await holdLocation(stack, { organization: 'Wingtip Clinics', locationName: 'Harbor Clinic', fleet });
  claimed = await holdLocation(stack, { organization: 'Fabrikam', locationName: 'Berlin', fleet });
  await holdLocation(stack, { locationName: 'Main', expiresAt: new Date(Date.now() + 12.5 * DAY_MS) });
  empty = await addOrganization(stack.owner.api, 'Litware');
  await stack.apple.settings({ eventDelayMs: 0, eventStepMs: 0 });
  const users = createAppleUsers(stack.appleUrl, healthy.file);
  await users.create({ clientUserId: 'anna', email: 'anna@wingtip.example' }, { clientUserId: 'ben' });
  await users.assign('900000901', 'anna');
  await users.retire('anna');
  for (let times = 0; times < 2; times++) {
    await stack.owner.api.call(routes.scanToken, { params: { tokenId: healthy.tokenId } });
    await scanned(stack.owner.api, healthy.tokenId);
  }
  await stack.apple.resetPassword(revoked.appleId);
  await stack.apple.claim(claimed.location.uId, OTHER);
  const { api } = stack.owner;
  for (const { tokenId } of [revoked, claimed]) await api.call(routes.checkToken, { params: { tokenId } });
  // A name that nobody has, so that the log has an entry.
  const hook = { kind: 'webhook', name: 'On call', url: 'https://on-call.winesap.invalid/hook' } as const;
  ({ id: channelId } = await api.call(routes.addChannel, { body: hook }));
  await api.call(routes.testChannel, { params: { channelId } });
  await api.call(routes.addCalendarFeed, { body: { name: 'Content tokens' } });
});

/** Wide and light, and narrow and dark with every rule; wide and dark only changes colors. */
const LOOKS = [
  { viewport: WIDE, colorScheme: 'light' },
  { viewport: WIDE, colorScheme: 'dark', rules: ['color-contrast', 'link-in-text-block'] },
  { viewport: NARROW, colorScheme: 'dark' },
] as const;

/** Expects no violation in either theme and at either width, and no sideways scrolling. */
async function isFitForEverybody(page: Page, what: string): Promise<void> {
  for (const { viewport, colorScheme, ...only } of LOOKS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    if ('rules' in only) axe.withRules([...only.rules]);
    const { violations } = await axe.analyze();
    const found = violations.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.slice(0, 5).map(({ html, failureSummary }) => `${html.slice(0, 160)} | ${failureSummary ?? ''}`),
    }));
    expect(found, `${what}, ${colorScheme}, ${viewport.width} wide`).toEqual([]);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider, `${what} is wider than its window of ${viewport.width}`).toBeLessThanOrEqual(0);
  }
}

interface Screen {
  what: string;
  path(): string;
  /** What the complete screen shows. */
  there(page: Page): Locator;
}

const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { name });
const region = (name: string | RegExp) => (page: Page) => page.getByRole('region', { name });

const SCREENS: Screen[] = [
  { what: 'the overview', path: () => '/', there: heading('3 tokens need you') },
  { what: 'the events', path: () => '/events', there: (page) => page.getByRole('list', { name: 'Events' }) },
  {
    what: 'an open event',
    path: () => `/events?tokenId=${revoked.tokenId}&level=error`,
    there: (page) => page.getByRole('list', { name: 'Set filters' }),
  },
  {
    what: 'the licenses of all locations',
    path: () => '/licenses?low=false',
    there: (page) => page.getByRole('table', { name: 'Apps and books of all locations' }),
  },
  {
    what: 'what a user holds anywhere',
    path: () => '/licenses?holder=anna',
    there: (page) => page.getByText('User anna'),
  },
  {
    what: 'the assets of a working token',
    path: () => `/policies/${healthy.policyId}/assets`,
    there: (page) => page.getByRole('table', { name: 'Apps and books of this location' }),
  },
  {
    what: 'the assets of a broken token',
    path: () => `/policies/${revoked.policyId}/assets`,
    there: region('Token problem: Revoked'),
  },
  {
    what: 'an asset and who holds it',
    path: () => `/locations/${healthy.location.uId}/assets/${APP}/STDQ`,
    there: (page) => page.getByRole('table', { name: 'Who holds a license of it' }),
  },
  {
    what: 'the users of a location',
    path: () => `/locations/${healthy.location.uId}/users`,
    there: (page) => page.getByRole('table', { name: 'Users of this location' }),
  },
  {
    what: 'a location',
    path: () => `/locations/${healthy.location.uId}`,
    there: (page) => page.getByRole('table', { name: 'Scans of this location, newest first' }),
  },
  {
    what: 'a location that is broken',
    path: () => `/locations/${revoked.location.uId}`,
    there: region('Token problem: Revoked'),
  },
  {
    what: 'Apple Apps of a broken token',
    path: () => appleAppsOf(revoked.policyId),
    there: region('Token problem: Revoked'),
  },
  {
    what: 'Apple Apps of a claimed location',
    path: () => appleAppsOf(claimed.policyId),
    there: region('Token problem: Claimed elsewhere'),
  },
  { what: 'Apple Apps of a working token', path: () => appleAppsOf(healthy.policyId), there: region('Content token') },
  {
    what: 'Apple Apps without a token',
    path: () => appleAppsOf(empty.policyId),
    there: (page) => page.getByRole('button', { name: 'Add Token' }),
  },
  { what: 'the alerts', path: () => '/alerts?state=all', there: (page) => page.getByRole('list', { name: 'Alerts' }) },
  { what: 'the rules', path: () => '/alerts/rules', there: (page) => page.getByRole('list', { name: 'Rules' }) },
  {
    what: 'the channels',
    path: () => `/alerts/channels?log=${channelId}`,
    there: (page) => page.getByText(/^Attempt 1/),
  },
  {
    what: 'the calendars',
    path: () => '/alerts/calendars',
    there: (page) => page.getByRole('list', { name: 'Calendar feeds' }),
  },
  { what: 'the report', path: () => '/alerts/report', there: region('Broken') },
  {
    what: 'the people',
    path: () => '/settings/people',
    there: (page) => page.getByRole('button', { name: 'Add person' }),
  },
  { what: 'the keys', path: () => '/settings/keys', there: (page) => page.getByRole('button', { name: 'Add key' }) },
];

test.each(SCREENS)('$what', async ({ what, path, there }) => {
  const { page } = await stage.open({ as: stage.stack.owner, path: path() });
  await seen(there(page).first());
  if (what === 'an open event') await page.getByRole('list', { name: 'Events' }).getByRole('button').first().click();

  await isFitForEverybody(page, what);
});

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
    path: () => `${appleAppsOf(revoked.policyId)}?window=renew`,
    open: async (page) => page.getByRole('dialog', { name: 'Renew Chicago HQ' }),
  },
  {
    what: 'Renew, window 1 with a wrong file',
    path: () => `${appleAppsOf(revoked.policyId)}?window=renew`,
    open: async (page) => {
      const dialog = await seen(page.getByRole('dialog', { name: 'Renew Chicago HQ' }));
      await dropFile(dialog.getByLabel('Choose a file'), { name: 'page.html', text: '<!doctype html><html></html>' });
      await dialog.getByRole('button', { name: 'Save' }).click();
      return dialog.getByRole('alert');
    },
  },
  {
    what: 'Renew, window 2',
    path: () => `${appleAppsOf(revoked.policyId)}?window=renew`,
    open: (page) => give(page, 'Renew Chicago HQ', revoked.location.uId, 'Is this the right token?'),
  },
  {
    what: 'the mismatch',
    path: () => `${appleAppsOf(revoked.policyId)}?window=renew`,
    open: (page) => give(page, 'Renew Chicago HQ', healthy.location.uId, 'This file opens another location'),
  },
  {
    what: 'Add Token, window 1',
    path: () => `${appleAppsOf(empty.policyId)}?window=add`,
    open: async (page) => page.getByRole('dialog', { name: 'Add Token' }),
  },
  {
    what: 'Add Token, window 2 with another server’s claim',
    path: () => `${appleAppsOf(empty.policyId)}?window=add`,
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
    path: () => `${appleAppsOf(claimed.policyId)}?window=claim`,
    open: async (page) => page.getByRole('dialog', { name: 'Who manages Berlin?' }),
  },
  {
    what: 'Remove Token',
    path: () => `${appleAppsOf(healthy.policyId)}?window=remove`,
    open: async (page) => page.getByLabel('Type Harbor Clinic to confirm'),
  },
  {
    what: 'Release',
    path: () => `/locations/${healthy.location.uId}/assets/${APP}/STDQ`,
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
    path: () => `/locations/${healthy.location.uId}/assets/${APP}/STDQ`,
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
    path: () => appleAppsOf(empty.policyId),
    open: async (page) => {
      await page.getByRole('button', { name: 'Add policy' }).click();
      return page.getByRole('dialog', { name: 'Add policy' });
    },
  },
];

test.each(WINDOWS)('the window $what', async ({ what, path, open }) => {
  const { page } = await stage.open({ as: stage.stack.owner, path: path() });
  await seen(await open(page, stage.stack));

  await isFitForEverybody(page, what);
});

test('first run, sign-in and the empty overview', async () => {
  const { page } = await fresh.open();
  await seen(page.getByRole('heading', { name: 'Welcome' }));
  await isFitForEverybody(page, 'the first run');

  await page.getByLabel('Setup code').fill(fresh.stack.setupCode);
  await page.getByLabel('Your name').fill('Olive Owner');
  await page.getByLabel('E-mail').fill('olive@winesap.example');
  await page.getByLabel('Password', { exact: true }).fill('windfall-orchard-77');
  await page.getByRole('button', { name: 'Create account' }).click();
  await seen(page.getByRole('heading', { name: 'Welcome to Winesap' }));
  await isFitForEverybody(page, 'the empty overview');

  await page.context().clearCookies();
  await page.goto('/');
  await seen(page.getByRole('heading', { name: 'Sign in' }));
  await isFitForEverybody(page, 'the sign-in');
});
