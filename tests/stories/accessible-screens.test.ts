import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { faultsOf, heading, region, setFullStage } from './accessible-world.ts';
import { appleAppsOf, seen } from './browser.ts';
import { setStage } from './stage.ts';

/** The location that works and has devices as holders. */
const APP = '361309726';
const { stage, held } = setFullStage();
const fresh = setStage({ firstRun: true });

interface Screen {
  what: string;
  path(): string;
  /** What the complete screen shows. */
  there(page: Page): Locator;
}

const SCREENS: Screen[] = [
  { what: 'the overview', path: () => '/', there: heading('3 tokens need you') },
  { what: 'the events', path: () => '/events', there: (page) => page.getByRole('list', { name: 'Events' }) },
  {
    what: 'an open event',
    path: () => `/events?tokenId=${held.revoked.tokenId}&level=error`,
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
    path: () => `/policies/${held.healthy.policyId}/assets`,
    there: (page) => page.getByRole('table', { name: 'Apps and books of this location' }),
  },
  {
    what: 'the assets of a broken token',
    path: () => `/policies/${held.revoked.policyId}/assets`,
    there: region('Token problem: Revoked'),
  },
  {
    what: 'an asset and who holds it',
    path: () => `/locations/${held.healthy.location.uId}/assets/${APP}/STDQ`,
    there: (page) => page.getByRole('table', { name: 'Who holds a license of it' }),
  },
  {
    what: 'the users of a location',
    path: () => `/locations/${held.healthy.location.uId}/users`,
    there: (page) => page.getByRole('table', { name: 'Users of this location' }),
  },
  {
    what: 'a location',
    path: () => `/locations/${held.healthy.location.uId}`,
    there: (page) => page.getByRole('table', { name: 'Scans of this location, newest first' }),
  },
  {
    what: 'a location that is broken',
    path: () => `/locations/${held.revoked.location.uId}`,
    there: region('Token problem: Revoked'),
  },
  {
    what: 'Apple Apps of a broken token',
    path: () => appleAppsOf(held.revoked.policyId),
    there: region('Token problem: Revoked'),
  },
  {
    what: 'Apple Apps of a claimed location',
    path: () => appleAppsOf(held.claimed.policyId),
    there: region('Token problem: Claimed elsewhere'),
  },
  {
    what: 'Apple Apps of a working token',
    path: () => appleAppsOf(held.healthy.policyId),
    there: region('Content token'),
  },
  {
    what: 'Apple Apps without a token',
    path: () => appleAppsOf(held.empty.policyId),
    there: (page) => page.getByRole('button', { name: 'Add Token' }),
  },
  { what: 'the alerts', path: () => '/alerts?state=all', there: (page) => page.getByRole('list', { name: 'Alerts' }) },
  { what: 'the rules', path: () => '/alerts/rules', there: (page) => page.getByRole('list', { name: 'Rules' }) },
  {
    what: 'the channels',
    path: () => `/alerts/channels?log=${held.channelId}`,
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

  expect(await faultsOf(page), what).toEqual([]);
});

test('first run, sign-in and the empty overview', async () => {
  const { page } = await fresh.open();
  await seen(page.getByRole('heading', { name: 'Welcome' }));
  expect(await faultsOf(page), 'the first run').toEqual([]);

  await page.getByLabel('Setup code').fill(fresh.stack.setupCode);
  await page.getByLabel('Your name').fill('Olive Owner');
  await page.getByLabel('E-mail').fill('olive@winesap.example');
  await page.getByLabel('Password', { exact: true }).fill('windfall-orchard-77');
  await page.getByRole('button', { name: 'Create account' }).click();
  await seen(page.getByRole('heading', { name: 'Welcome to Winesap' }));
  expect(await faultsOf(page), 'the empty overview').toEqual([]);

  await page.context().clearCookies();
  await page.goto('/');
  await seen(page.getByRole('heading', { name: 'Sign in' }));
  expect(await faultsOf(page), 'the sign-in').toEqual([]);
});
