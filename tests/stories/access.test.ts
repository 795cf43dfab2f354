import { AxeBuilder } from '@axe-core/playwright';
import { routes } from '@winesap/api';
import { expect, test } from 'vitest';
import { gone, seen } from './browser.ts';
import { setStage } from './stage.ts';

const stage = setStage();

test('a new key shows how long it works, and another owner sees and revokes it', async () => {
  const maker = await stage.stack.join('owner', 'Kay Keymaker');
  const { page: making } = await stage.open({ as: maker, path: '/settings/keys' });
  await making.getByRole('button', { name: 'Add key' }).click();
  const adding = await seen(making.getByRole('dialog', { name: 'Add key' }));
  await adding.getByLabel('Name').fill('nightly report');
  await adding.getByLabel('Expires after').selectOption('90 days');
  await adding.getByRole('button', { name: 'Save' }).click();
  await seen(making.getByRole('dialog', { name: 'Your new key' }).getByText('It works until', { exact: false }));

  const { page } = await stage.open({ as: stage.stack.owner, path: '/settings/keys' });
  const others = await seen(page.getByRole('list', { name: 'Keys of other people' }));
  await seen(others.getByText('expires on', { exact: false }));
  await others.getByRole('button', { name: 'End the key nightly report of Kay Keymaker' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End key' }).click();
  await gone(others);

  expect((await maker.api.call(routes.listKeys, {})).keys).toEqual([]);
  const { keys } = await stage.stack.owner.api.call(routes.listAllKeys, {});
  expect(keys).toEqual([]);
});

test('an owner who removes a person sees what that person shared, and takes it over', async () => {
  const { stack } = stage;
  const leaver = await stack.join('admin', 'Lee Leaver');
  const { path } = await leaver.api.call(routes.addCalendarFeed, { body: { name: 'Dates of Lee' } });
  const { page } = await stage.open({ as: stack.owner, path: '/settings/people' });
  await seen(page.getByText('made 1 calendar feed', { exact: false }));

  await page.getByRole('button', { name: 'Remove Lee Leaver' }).click();
  const asking = await seen(page.getByRole('dialog', { name: 'Remove Lee Leaver?' }));
  await seen(asking.getByText('Calendar feed “Dates of Lee”, all organizations'));
  expect(await asking.getByLabel('End', { exact: true }).isChecked()).toBe(true);
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);
  await asking.getByLabel('Hand over to me').check();
  await asking.getByRole('button', { name: 'Remove' }).click();
  await gone(asking);

  expect((await fetch(stack.url + path)).status).toBe(200);
  const { calendarFeeds } = await stack.owner.api.call(routes.listOpenLinks, {});
  expect(calendarFeeds).toMatchObject([{ name: 'Dates of Lee', createdBy: stack.owner.name }]);
});
