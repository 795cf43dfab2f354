import { addOrganization, type Stack } from '@winesap/testkit';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { NARROW, seen, wordsOf } from './browser.ts';
import { setStage } from './stage.ts';

const MANY = 5_000;

/** Rows like an installation of that size: one in ten is expired, one in ten is about to be. */
async function holdMany(stack: Stack): Promise<void> {
  const { organizationId } = await addOrganization(stack.owner.api, 'Many Schools');
  await stack.withDatabase(({ db }) =>
    sql`
      with place as (
        insert into locations (uid, name) select 'M' || n, 'School ' || n from generate_series(1, ${MANY}::int) n
        returning uid),
      policy as (
        insert into policies (id, organization_id, name, created_at)
        select gen_random_uuid(), ${organizationId}, uid, now() from place returning id, name)
      insert into content_tokens (organization_id, policy_id, location_uid, sealed, fingerprint, mode, claim, state,
        state_since, next_check_at, added_at, added_by, synced_at, expires_at)
      select ${organizationId}, id, name, 'sealed', 'f', 'watch', 'free',
        case right(name, 1) when '0' then 'expired' when '1' then 'expiring' else 'healthy' end,
        now(), now() + interval '1 year', now(), 'test', now() - interval '59 minutes',
        now() + case right(name, 1) when '0' then -2 when '1' then 12 else 200 end * interval '1 day'
      from policy`.execute(db),
  );
}

const stage = setStage({}, holdMany);

test('of five thousand tokens only visible ones are rendered, and the keyboard reaches the last', async () => {
  const { page } = await stage.open({ as: stage.stack.owner });
  await seen(page.getByRole('heading', { name: '1,000 tokens need you' }));
  const table = page.getByRole('table', { name: 'All tokens, worst first' });
  const first = table.locator('[aria-rowindex="2"]');
  await seen(first.getByText('expired 2 days ago'));
  await seen(first.getByRole('cell', { name: '−2', exact: true }));
  const sync = first.getByRole('cell').last();
  expect(await wordsOf(sync)).toMatch(/\d+:\d+.* \((59|60) min ago\)/);
  expect(await sync.evaluate((cell) => cell.scrollWidth - cell.clientWidth)).toBeLessThanOrEqual(0);
  const drawn = () => table.getByRole('row').count();
  expect(await drawn()).toBeLessThan(80);
  expect(await table.getAttribute('aria-rowcount')).toBe(String(MANY + 1));

  await table.getByRole('rowheader').getByRole('link').first().focus();
  await page.keyboard.press('End');
  await seen(table.locator(`[aria-rowindex="${MANY + 1}"] a:focus`));
  expect(await drawn()).toBeLessThan(80);
  await page.keyboard.press('Home');
  await seen(table.locator('[aria-rowindex="2"] a:focus'));

  await page.getByRole('button', { name: 'Soon 500' }).click();
  await page.getByLabel('Search tokens').fill('School 4711');
  await seen(page.getByRole('link', { name: 'School 4711', exact: true }));
  expect(await page.getByRole('table', { name: 'Filtered tokens, worst first' }).getByRole('row').count()).toBe(2);

  await page.setViewportSize(NARROW);
  await page.goto('/');
  await seen(table);
  const scrolled = async () => {
    await page.mouse.wheel(0, 20_000);
    return page.evaluate(() => window.scrollY);
  };
  await expect.poll(scrolled).toBeGreaterThan(15_000);
  await expect.poll(drawn).toBeLessThan(80);
});
