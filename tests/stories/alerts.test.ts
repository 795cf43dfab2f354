import { readFile } from 'node:fs/promises';
import { routes } from '@winesap/api';
import { holdLocation, readCalendar, until } from '@winesap/testkit';
import type { Locator, Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { gone, reasonOf, seen, wordsOf } from './browser.ts';
import { startMailbox, startReceiver } from './receivers.ts';
import { setStage } from './stage.ts';

const DAY_MS = 86_400_000;
const stage = setStage({ env: { WINESAP_ALLOW_PRIVATE_TARGETS: '1' } }, async (stack) => {
  await holdLocation(stack, { locationName: 'Main', expiresAt: new Date(Date.now() + 12.5 * DAY_MS) });
});

async function addHook(page: Page, name: string, url: string): Promise<string> {
  await page.getByRole('button', { name: 'Add channel' }).click();
  const dialog = await seen(page.getByRole('dialog', { name: 'Add channel' }));
  await dialog.getByLabel('Kind').selectOption({ label: 'Signed webhook' });
  await dialog.getByLabel('Name').fill(name);
  expect(await reasonOf(dialog.getByRole('button', { name: 'Save' }))).toContain('address');
  await dialog.getByLabel('Address').fill(url);
  await dialog.getByRole('button', { name: 'Save' }).click();
  const shown = await seen(page.getByRole('dialog', { name: 'The secret of this webhook' }));
  const secret = await wordsOf(shown.getByText(/^whsec_/));
  await shown.getByRole('button', { name: 'Done' }).click();
  await gone(shown);
  return secret;
}

test('a webhook is added and tested, a rule sends through it, and the alert is acknowledged', async () => {
  const hook = await startReceiver();
  const { page } = await stage.open({ as: stage.stack.owner, path: '/alerts' });
  await page.getByRole('navigation', { name: 'Alerts' }).getByRole('link', { name: 'Channels' }).click();
  const secret = await addHook(page, 'On call', hook.url);

  await page.getByRole('button', { name: 'Send a test through On call' }).click();
  await seen(page.getByText(/The test arrived: /));
  const [test] = hook.received;
  const signed = new Webhook(secret).verify(test?.body ?? '', test?.headers as Record<string, string>);
  expect(signed).toBeTruthy();
  await page.getByRole('button', { name: 'Delivery log of On call' }).click();
  await seen(page.getByRole('list', { name: 'Deliveries of On call' }).getByText('Sent'));
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download all deliveries of On call as CSV' }).click();
  expect(await readFile(await (await downloading).path(), 'utf8')).toMatch(/,sent,test,/);

  await page.getByRole('button', { name: 'New secret for On call' }).click();
  const asked = await seen(page.getByRole('dialog', { name: 'A new secret for On call?' }));
  await asked.getByRole('button', { name: 'Make a new secret' }).click();
  const renewed = await seen(page.getByRole('dialog', { name: 'The new secret of this webhook' }));
  const fresh = await wordsOf(renewed.getByText(/^whsec_/));
  await renewed.getByRole('button', { name: 'Done' }).click();
  await gone(renewed);
  await page.getByRole('button', { name: 'Send a test through On call' }).click();
  await until(
    'the second test to arrive',
    async () => hook.received.length,
    (count) => count === 2,
  );
  for (const one of [fresh, secret])
    new Webhook(one).verify(hook.received[1]?.body ?? '', hook.received[1]?.headers as Record<string, string>);

  await page.getByRole('navigation', { name: 'Alerts' }).getByRole('link', { name: 'Rules' }).click();
  await page.getByRole('button', { name: 'Add rule' }).click();
  const dialog = await seen(page.getByRole('dialog', { name: 'Add rule' }));
  await dialog.getByLabel('Name').fill('Two weeks before');
  await dialog.getByLabel('Days before').fill('soon');
  expect(await reasonOf(dialog.getByRole('button', { name: 'Save' }))).toContain('between 1 and 365');
  await dialog.getByLabel('Days before').fill('14, 2');
  await dialog.getByLabel('Watch').selectOption({ label: 'One token' });
  await dialog.getByRole('combobox', { name: 'Token', exact: true }).fill('Main');
  await page.getByRole('option', { name: /^Main/ }).click();
  await dialog.getByRole('checkbox', { name: 'On call' }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  const rules = page.getByRole('list', { name: 'Rules' });
  await seen(rules.getByText('When 14 and 2 days before a token expires.'));

  await until(
    'the alert to arrive',
    async () => hook.received.length,
    (count) => count >= 3,
  );
  expect(hook.received[2]?.body).toContain('expires in 12 days');
  await rules
    .getByRole('listitem')
    .filter({ hasText: 'Two weeks before' })
    .getByRole('link', { name: '1 open' })
    .click();
  const inNavigation = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Alerts/ });
  const openAlerts = async () => Number(/\d+/.exec(await wordsOf(inNavigation)));
  await expect.poll(openAlerts).toBeGreaterThan(0);
  const before = await openAlerts();
  await page.getByRole('button', { name: 'Acknowledge: The token of Main expires in 12 days.' }).click();
  await seen(page.getByRole('button', { name: 'Acknowledged 1' }));
  await expect.poll(openAlerts).toBe(before - 1);
  await page.getByRole('button', { name: 'Acknowledged 1' }).click();
  await seen(page.getByText(/^acknowledged by /));
  await page.getByRole('button', { name: 'Undo acknowledging: The token of Main expires in 12 days.' }).click();
  await seen(page.getByRole('button', { name: 'Open 1' }));

  await page.getByRole('navigation', { name: 'Alerts' }).getByRole('link', { name: 'Rules' }).click();
  await page.getByRole('switch', { name: 'Two weeks before is on' }).click({ force: true });
  await until(
    'the rule to be off',
    async () => (await stage.stack.owner.api.call(routes.listRules, {})).rules,
    (list) => list.some(({ name, enabled }) => name === 'Two weeks before' && !enabled),
  );
});

test("Slack, Teams, and a ticket system each get a test in their own format; a template that isn't JSON is refused in words", async () => {
  const [slack, teams, tickets] = [await startReceiver(200), await startReceiver(202), await startReceiver(201)];
  const { page } = await stage.open({ as: stage.stack.owner, path: '/alerts/channels' });
  const add = async (kind: string, name: string, url: string) => {
    await page.getByRole('button', { name: 'Add channel' }).click();
    const dialog = await seen(page.getByRole('dialog', { name: 'Add channel' }));
    await dialog.getByLabel('Kind').selectOption({ label: kind });
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Address').fill(url);
    return dialog;
  };
  const save = async (dialog: Locator) => {
    await dialog.getByRole('button', { name: 'Save' }).click();
    await gone(dialog);
  };
  const tried = async (name: string) => {
    await page.getByRole('button', { name: `Send a test through ${name}` }).click();
    await seen(
      page
        .getByRole('listitem')
        .filter({ hasText: name })
        .getByText(/The test arrived: /),
    );
  };

  await save(await add('Slack', 'Classroom IT', slack.url));
  await tried('Classroom IT');
  await save(await add('Microsoft Teams', 'Head office', teams.url));
  await tried('Head office');
  const json = await add('JSON by template', 'Tickets', tickets.url);
  await json.getByLabel('Headers').fill('Authorization: Bearer of-the-desk');
  await json.getByLabel('Template').fill('{"summary": "{{title}}", }');
  await json.getByRole('button', { name: 'Save' }).click();
  expect(await wordsOf(json.getByRole('alert'))).toMatch(/line 1/i);
  await json.getByLabel('Template').fill('{"summary": "{{title}}", "count": "{{total}}"}');
  await save(json);
  await tried('Tickets');

  const sent = ({ received }: typeof slack) => JSON.parse(received[0]?.body ?? '{}');
  expect(sent(slack).blocks[0]).toMatchObject({ type: 'header', text: { type: 'plain_text' } });
  expect(sent(teams).attachments[0].content).toMatchObject({ type: 'AdaptiveCard' });
  expect(sent(tickets)).toEqual({ summary: sent(slack).text, count: 0 });
  expect(tickets.received[0]?.headers.authorization).toBe('Bearer of-the-desk');
});

test('email is tested immediately; a receiver that is gone disables its channel, which can be enabled again', async () => {
  const [mailbox, hook] = [await startMailbox(), await startReceiver(410)];
  const { page } = await stage.open({ as: stage.stack.owner, path: '/alerts/channels' });
  await page.getByRole('button', { name: 'Add channel' }).click();
  const dialog = await seen(page.getByRole('dialog', { name: 'Add channel' }));
  await dialog.getByLabel('Name').fill('Help desk');
  await dialog.getByLabel('To', { exact: true }).fill('help@winesap.example, desk@winesap.example');
  await dialog.getByLabel('From', { exact: true }).fill('winesap@winesap.example');
  await dialog.getByLabel('Mail server').fill('127.0.0.1');
  await dialog.getByLabel('Security').selectOption({ label: 'None' });
  await dialog.getByRole('textbox', { name: 'Port' }).fill(String(mailbox.port));
  await dialog.getByLabel('Quiet hours').check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await gone(dialog);
  await page.getByRole('button', { name: 'Send a test through Help desk' }).click();
  await seen(page.getByText(/The test arrived: /));
  expect(mailbox.mails).toHaveLength(1);
  await seen(page.getByText(/^quiet from 20:00 to 07:00/));

  await addHook(page, 'Old pager', hook.url);
  await page.getByRole('button', { name: 'Send a test through Old pager' }).click();
  await seen(page.getByText(/Switched off /));
  await page.getByRole('button', { name: 'Enable Old pager' }).click();
  hook.status = 204;
  await page.getByRole('button', { name: 'Send a test through Old pager' }).click();
  await seen(
    page
      .getByRole('listitem')
      .filter({ hasText: 'Old pager' })
      .getByText(/The test arrived: /),
  );
});

test('a calendar feed is shown once, read by a calendar, and revoked', async () => {
  const { page } = await stage.open({ as: stage.stack.owner, path: '/alerts/calendars' });
  await page.getByRole('button', { name: 'Add calendar feed' }).click();
  const dialog = await seen(page.getByRole('dialog', { name: 'Add calendar feed' }));
  await dialog.getByLabel('Name').fill('Tokens');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const shown = await seen(page.getByRole('dialog', { name: 'A new calendar feed' }));
  const address = await wordsOf(shown.getByText(/^http\S+$/));
  const webcal = await shown.getByRole('link', { name: /calendar of this device/ }).getAttribute('href');
  expect(webcal).toBe(address.replace('http:', 'webcal:'));
  await shown.getByRole('button', { name: 'Done' }).click();

  const calendar = readCalendar(await (await fetch(address)).text());
  expect(calendar.events.some(({ summary }) => summary.includes('Main'))).toBe(true);

  await page.getByRole('button', { name: 'Revoke the calendar feed Tokens' }).click();
  await page.getByRole('dialog', { name: 'Revoke Tokens?' }).getByRole('button', { name: 'Revoke' }).click();
  await seen(page.getByRole('heading', { name: 'No calendar feeds yet' }));
  expect((await fetch(address)).status).toBe(404);
});

test('the report of a month is in the address and prints without the console around it', async () => {
  const { page } = await stage.open({ as: stage.stack.owner, path: '/alerts/report' });
  await page.getByLabel('Period').selectOption({ label: 'Changes of the last 30 days' });
  await page.waitForURL(/days=30/);
  const expiring = await seen(page.getByRole('region', { name: 'Expires within 60 days' }));
  expect(await wordsOf(expiring)).toMatch(/Main[\s\S]*12 days/);

  await page.emulateMedia({ media: 'print' });

  await gone(page.getByRole('navigation', { name: 'Main' }));
  await gone(page.getByRole('button', { name: 'Print' }));
  await seen(expiring);
});

test('a token has reminder days of its own', async () => {
  const { page } = await stage.open({ as: stage.stack.owner, path: '/' });
  await page.getByRole('link', { name: 'Main', exact: true }).click();
  const card = await seen(page.getByRole('region', { name: 'Content token' }));
  expect(await wordsOf(card)).toContain('default rules');
  await card.getByRole('button', { name: 'Change expiry reminders' }).click();
  const dialog = await seen(page.getByRole('dialog', { name: 'Expiry reminders' }));
  await dialog.getByRole('checkbox', { name: 'Own reminder days' }).check();
  await dialog.getByLabel('Days before').fill('90 10');
  await dialog.getByRole('button', { name: 'Save' }).click();

  await gone(dialog);
  await seen(card.getByText('90, 10 days before'));
});
