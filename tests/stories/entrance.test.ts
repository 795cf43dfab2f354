import { routes } from '@winesap/api';
import { createStrictApi, OWNER, refused } from '@winesap/testkit';
import { expect, test } from 'vitest';
import { dropFile, seen, wordsOf } from './browser.ts';
import { setStage } from './stage.ts';

const stage = setStage({ firstRun: true });

test('the first run creates the first owner, who is signed in immediately', async () => {
  const { page } = await stage.open();
  await seen(page.getByRole('heading', { name: 'Welcome' }));

  await page.getByLabel('Setup code').fill('AAAA-AAAA-AAAA');
  await page.getByLabel('Your name').fill(OWNER.name);
  await page.getByLabel('E-mail').fill(OWNER.email);
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByLabel('Organization').fill('Northwind');
  await page.getByRole('button', { name: 'Create account' }).click();
  await seen(page.getByText('This password is shorter than 12 characters.'));
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await seen(page.getByText('This isn’t the setup code.'));
  await page.getByLabel('Setup code').fill(stage.stack.setupCode.toLowerCase().replaceAll('-', ' '));
  await page.getByRole('button', { name: 'Create account' }).click();

  await seen(page.getByRole('button', { name: `${OWNER.name}, owner: account menu` }));
  const steps = await seen(page.getByRole('region', { name: 'Three steps' }));
  expect(await wordsOf(steps)).toContain('Choose Payments and Billing');

  // One file and one click: the token goes to the only organization.
  const location = await stage.stack.apple.addLocation({ orgName: 'Northwind Traders', locationName: 'Pier' });
  const file = { name: 'pier.vpptoken', text: await stage.stack.apple.tokenFile(location.uId) };
  await dropFile(page.getByRole('heading', { name: 'Welcome to Winesap' }), file);
  await page.getByRole('button', { name: 'Add 1 token' }).click();
  await seen(page.getByText('✓ added'));
  await page.getByRole('link', { name: 'Winesap, overview' }).click();
  await seen(page.getByRole('region', { name: 'Two more minutes' }));
  await seen(page.getByRole('heading', { name: 'The token is healthy' }));
  await page.getByRole('link', { name: 'Policies' }).first().click();
  await seen(page.getByRole('tree', { name: 'Policies' }).getByRole('treeitem', { name: 'Northwind' }));
});

test('a wrong password is refused, the right one leads to the requested page', async () => {
  const { page } = await stage.open({ path: '/events?receiverType=vpp-token' });
  await seen(page.getByRole('heading', { name: 'Sign in' }));
  await page.getByLabel('E-mail').fill(OWNER.email);
  await page.getByLabel('Password', { exact: true }).fill('not-the-password');
  await page.getByRole('button', { name: 'Sign in' }).click();

  const alert = await seen(page.getByRole('alert'));
  const words = await wordsOf(alert);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await seen(page.getByRole('heading', { name: 'Events', exact: true }));

  expect(words).toMatch(/\w+ .*[.]/);
  expect(page.url()).toContain('receiverType=vpp-token');
});

test('a second first owner is impossible', async () => {
  const { page } = await stage.open({ path: '/first-run' });

  await seen(page.getByRole('heading', { name: 'Sign in' }));
  const api = createStrictApi({ baseUrl: stage.stack.url });
  const problem = await refused(
    api.call(routes.setUp, {
      body: {
        setupCode: stage.stack.setupCode,
        name: 'Eve',
        email: 'eve@elsewhere.example',
        password: 'let-me-in-please',
      },
    }),
  );
  expect(problem.code).toBe('setup.done');
});

test('after signing out nothing can be seen, not even by going back', async () => {
  const { page } = await stage.open({ path: '/' });
  await page.getByLabel('E-mail').fill(OWNER.email);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: /account menu/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await seen(page.getByRole('heading', { name: 'Sign in' }));

  await page.goBack();

  await seen(page.getByRole('heading', { name: 'Sign in' }));
});
