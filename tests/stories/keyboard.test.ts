import { routes } from '@winesap/api';
import { holdLocation } from '@winesap/testkit';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { appleAppsOf, gone, seen } from './browser.ts';
import { setStage } from './stage.ts';

const stage = setStage();

interface Focus {
  role: string;
  name: string;
  ring: boolean;
}

/** Returns the focused element, by its accessible name, and whether the focus is visible. */
function focusOf(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return { role: '', name: '', ring: false };
    const label = element.getAttribute('aria-label') ?? element.textContent ?? '';
    const around = [element, element.parentElement, element.parentElement?.parentElement];
    const ring = around.some((one) => {
      if (one == null) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    });
    const role =
      element.getAttribute('role') ?? (element instanceof HTMLInputElement ? element.type : element.localName);
    return { role, name: label.trim(), ring };
  });
}

/** Presses Tab until the wanted element has the focus; every stop on the way must be visible. */
async function tabTo(page: Page, role: string, name: string | RegExp): Promise<void> {
  const stops: Focus[] = [];
  for (let pressed = 0; pressed < 60; pressed++) {
    await page.keyboard.press('Tab');
    const focus = await focusOf(page);
    stops.push(focus);
    const fits = typeof name === 'string' ? focus.name === name : name.test(focus.name);
    if (focus.role === role && fits) {
      expect(focus.ring, `the focus on ${focus.name} can be seen`).toBe(true);
      return;
    }
  }
  throw new Error(
    `Tab never came to the ${role} ${name}; it came to: ${JSON.stringify(stops.map((stop) => stop.name))}`,
  );
}

test('a dead token can be renewed with only the keyboard', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { organization: 'Northwind', locationName: 'Chicago HQ' });
  await stack.apple.resetPassword(held.appleId);
  await stack.owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });
  const { page } = await stage.open({ as: stack.owner, path: appleAppsOf(held.policyId) });
  const box = page.getByRole('region', { name: 'Token problem: Revoked' });
  await seen(box);

  await tabTo(page, 'button', 'Renew');
  await page.keyboard.press('Enter');
  const first = await seen(page.getByRole('dialog', { name: 'Renew Chicago HQ' }));
  await tabTo(page, 'file', 'Choose a file');
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles({
    name: 'sToken.vpptoken',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(await stack.apple.tokenFile(held.location.uId)),
  });
  await seen(first.getByText('sToken.vpptoken'));
  await tabTo(page, 'button', 'Save');
  await page.keyboard.press('Enter');
  const second = await seen(page.getByRole('dialog', { name: 'Is this the right token?' }));
  await tabTo(page, 'button', 'Save');
  await page.keyboard.press('Space');
  await gone(second);

  await gone(box);
  const token = await stack.owner.api.call(routes.getToken, { params: { tokenId: held.tokenId } });
  expect(token).toMatchObject({ version: 2, health: { state: 'healthy' } });
  // Focus is not lost with the window: the next Tab continues within the page.
  await tabTo(page, 'button', /^(Scan Now|Renew|Remove Token|Change who manages this location)/);
});

test('Escape closes a window, returns the focus, and saves nothing', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { locationName: 'Denver Store' });
  const { page } = await stage.open({ as: stack.owner, path: appleAppsOf(held.policyId) });
  await seen(page.getByRole('region', { name: 'Content token' }));

  await tabTo(page, 'button', 'Remove Token');
  await page.keyboard.press('Enter');
  const dialog = await seen(page.getByRole('dialog', { name: 'Remove Token' }));
  await page.keyboard.press('Escape');
  await gone(dialog);

  expect((await focusOf(page)).name).toMatch(/^Remove Token/);
  await stack.owner.api.call(routes.getToken, { params: { tokenId: held.tokenId } });
});

test('the palette goes to a token by its name', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { locationName: 'Harbor Clinic' });
  const { page } = await stage.open({ as: stack.owner });
  await seen(page.getByRole('heading', { level: 1 }));

  await page.keyboard.press('Control+k');
  await seen(page.getByRole('dialog', { name: 'Go to' }));
  await page.keyboard.type('harbor');
  await seen(page.getByRole('button', { name: /Harbor Clinic/ }).first());
  await page.keyboard.press('Enter');

  await seen(page.getByRole('region', { name: 'Content token' }));
  expect(page.url()).toContain(held.policyId);
});
