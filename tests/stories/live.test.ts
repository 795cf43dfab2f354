import { routes } from '@winesap/api';
import { holdLocation, patience, renew, scanned } from '@winesap/testkit';
import { afterEach, expect, test } from 'vitest';
import { appleAppsOf, gone, seen, wordsOf } from './browser.ts';
import { setStage } from './stage.ts';

const stage = setStage();
afterEach(() => stage.stack.apple.settings({ latencyMs: 0, pageSize: 1000 }));

test('a revoked token turns red live, and recovers when another person renews it', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { organization: 'Northwind', locationName: 'Chicago HQ' });
  const token = await stage.open({ as: stack.owner, path: appleAppsOf(held.policyId) });
  const overview = await stage.open({ as: stack.owner });
  const events = await stage.open({ as: stack.owner, path: `/events?tokenId=${held.tokenId}` });
  await seen(token.page.getByRole('region', { name: 'Content token' }).getByText('Healthy'));
  await seen(overview.page.getByRole('heading', { name: 'The token is healthy' }));
  const lines = events.page.getByRole('list', { name: 'Events' }).getByRole('button');
  await seen(lines.first());

  await stack.apple.resetPassword(held.appleId);
  await stack.owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });

  const box = token.page.getByRole('region', { name: 'Token problem: Revoked' });
  await seen(box);
  await seen(overview.page.getByRole('heading', { name: '1 token needs you' }));
  const fresh = events.page.getByRole('button', { name: /new$/ });
  await seen(fresh.or(lines.filter({ hasText: '9625' })).first());
  if (await fresh.isVisible()) await fresh.click();
  await seen(lines.filter({ hasText: '9625' }).first());

  await renew(stack.owner.api, held.tokenId, await stack.apple.tokenFile(held.location.uId));
  await gone(box);
  await gone(overview.page.getByRole('heading', { name: '1 token needs you' }));
  await scanned(stack.owner.api, held.tokenId);
});

test('the progress of a scan survives a reload, and its end is shown', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, {
    locationName: 'Long Island',
    fleet: { assets: 4, devices: 300, assignmentsPerDevice: 3 },
  });
  const { page } = await stage.open({ as: stack.owner, path: appleAppsOf(held.policyId) });
  const card = page.getByRole('region', { name: 'Content token' });
  await seen(card);
  // A released license does not show in a difference, so the scan reads everything and has progress to show.
  await stack.apple.churn(held.location.uId, { unassign: 1 });
  await stack.apple.settings({ latencyMs: 150, pageSize: 25 });

  await page.getByRole('button', { name: 'Scan Now' }).click();
  const bar = page.getByRole('progressbar', { name: 'Scan' });
  await seen(bar);
  const shareOf = async () => Number((await bar.getAttribute('aria-valuenow')) ?? 0);
  await page.waitForFunction(() =>
    /assignments [1-9]\d* of 899/.test(
      document.querySelector('[role=progressbar]')?.getAttribute('aria-valuetext') ?? '',
    ),
  );
  const before = await shareOf();
  await page.reload();
  await seen(bar);
  const after = await shareOf();
  const said = (await bar.getAttribute('aria-valuetext')) ?? '';

  expect(after).toBeGreaterThanOrEqual(before);
  expect(said).toMatch(/assignments [\d,]+ of 899/);
  expect(await page.getByRole('button', { name: 'Scan Now' }).getAttribute('aria-disabled')).toBe('true');
  await stack.apple.settings({ latencyMs: 0 });
  await seen(page.getByText('Healthy. Last successful sync'));
  await gone(bar);
});

test('after the server was down the page recovers by itself', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { locationName: 'Lighthouse' });
  const { page, complaints } = await stage.open({ as: stack.owner, path: appleAppsOf(held.policyId) });
  await seen(page.getByRole('region', { name: 'Content token' }));

  await stack.restart();
  await stack.apple.resetPassword(held.appleId);
  await stack.owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });

  const box = page.getByRole('region', { name: 'Token problem: Revoked' });
  await box.waitFor({ state: 'visible', timeout: 20_000 * patience() });
  expect(await wordsOf(box)).toContain('9625');
  expect(complaints).toEqual([]);
});
