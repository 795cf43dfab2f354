import { routes } from '@winesap/api';
import { expect, test } from 'vitest';
import { gone, seen } from './browser.ts';
import { setStage } from './stage.ts';

const stage = setStage();

test('a new key says how long it works, and another owner sees it and ends it', async () => {
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
