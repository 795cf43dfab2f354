import { AxeBuilder } from '@axe-core/playwright';
import { routes } from '@winesap/api';
import { addOrganization, createAppleUsers, type HeldLocation, holdLocation, scanned } from '@winesap/testkit';
import type { Locator, Page } from 'playwright-core';
import { NARROW, WIDE } from './browser.ts';
import { setStage } from './stage.ts';

const DAY_MS = 86_400_000;
export const OTHER = { id: 'other-server-1', name: 'Other MDM', metadata: 'since spring' };

export interface FullStage {
  revoked: HeldLocation;
  healthy: HeldLocation;
  claimed: HeldLocation;
  /** A policy without a token. */
  empty: { policyId: string };
  channelId: string;
}

/** A stage on which every screen has something to show. `held` is filled before the first test. */
export function setFullStage() {
  const held = {} as FullStage;
  const stage = setStage({}, async (stack) => {
    const fleet = { assets: 5, devices: 40, assignmentsPerDevice: 3 };
    held.revoked = await holdLocation(stack, { organization: 'Northwind', locationName: 'Chicago HQ', fleet });
    held.healthy = await holdLocation(stack, { organization: 'Wingtip Clinics', locationName: 'Harbor Clinic', fleet });
    held.claimed = await holdLocation(stack, { organization: 'Fabrikam', locationName: 'Berlin', fleet });
    await holdLocation(stack, { locationName: 'Main', expiresAt: new Date(Date.now() + 12.5 * DAY_MS) });
    held.empty = await addOrganization(stack.owner.api, 'Litware');
    await stack.apple.settings({ eventDelayMs: 0, eventStepMs: 0 });
    const users = createAppleUsers(stack.appleUrl, held.healthy.file);
    await users.create({ clientUserId: 'anna', email: 'anna@wingtip.example' }, { clientUserId: 'ben' });
    await users.assign('900000901', 'anna');
    await users.retire('anna');
    for (let times = 0; times < 2; times++) {
      await stack.owner.api.call(routes.scanToken, { params: { tokenId: held.healthy.tokenId } });
      await scanned(stack.owner.api, held.healthy.tokenId);
    }
    await stack.apple.resetPassword(held.revoked.appleId);
    await stack.apple.claim(held.claimed.location.uId, OTHER);
    const { api } = stack.owner;
    for (const { tokenId } of [held.revoked, held.claimed]) await api.call(routes.checkToken, { params: { tokenId } });
    // A name that nobody has, so that the log has an entry.
    const hook = { kind: 'webhook', name: 'On call', url: 'https://on-call.winesap.invalid/hook' } as const;
    ({ id: held.channelId } = await api.call(routes.addChannel, { body: hook }));
    await api.call(routes.testChannel, { params: { channelId: held.channelId } });
    await api.call(routes.addCalendarFeed, { body: { name: 'Content tokens' } });
  });
  return { stage, held };
}

/** Wide and light, and narrow and dark with every rule; wide and dark only changes colors. */
const LOOKS = [
  { viewport: WIDE, colorScheme: 'light' },
  { viewport: WIDE, colorScheme: 'dark', rules: ['color-contrast', 'link-in-text-block'] },
  { viewport: NARROW, colorScheme: 'dark' },
] as const;

/** Returns what is wrong in either theme and at either width: violations of rules, and sideways scrolling. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const { viewport, colorScheme, ...only } of LOOKS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    if ('rules' in only) axe.withRules([...only.rules]);
    const { violations } = await axe.analyze();
    const look = `${colorScheme}, ${viewport.width} wide`;
    for (const { id, help, nodes } of violations)
      for (const { html, failureSummary } of nodes.slice(0, 5))
        faults.push(`${look}: ${id}, ${help}: ${html.slice(0, 160)} | ${failureSummary ?? ''}`);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wider > 0) faults.push(`${look}: ${wider} px wider than the window`);
  }
  return faults;
}

export const heading =
  (name: string | RegExp) =>
  (page: Page): Locator =>
    page.getByRole('heading', { name });
export const region =
  (name: string | RegExp) =>
  (page: Page): Locator =>
    page.getByRole('region', { name });
