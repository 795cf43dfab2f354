import { routes } from '@winesap/api';
import { addLocation, addOrganization, holdLocation, scanned, until, wrongFiles } from '@winesap/testkit';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { appleAppsOf, chooseFile, dropFile, gone, NARROW, press, reasonOf, seen, wordsOf } from './browser.ts';
import { setStage } from './stage.ts';

const OTHER = { id: 'other-server-1', name: 'Other MDM', metadata: 'since spring' };
const stage = setStage();

test('adding a token that another server holds asks first, and watching takes nothing', async () => {
  const { stack } = stage;
  const { policyId, name } = await addOrganization(stack.owner.api, 'Fabrikam');
  const location = await addLocation(stack, { organization: 'Fabrikam', locationName: 'Berlin' });
  await stack.apple.claim(location.uId, OTHER);
  const { page } = await stage.open({ as: stack.owner, path: appleAppsOf(policyId) });
  await page.getByRole('button', { name: 'Add Token' }).click();
  const first = await seen(page.getByRole('dialog', { name: 'Add Token' }));
  await dropFile(first.getByLabel('Choose a file'), {
    name: 'sToken_for_Berlin.vpptoken',
    text: await stack.apple.tokenFile(location.uId),
  });
  await first.getByRole('button', { name: 'Save' }).click();
  const second = await seen(page.getByRole('dialog', { name: 'Is this the right token?' }));

  const words = await wordsOf(second);
  const keepWatching = second.getByRole('radio', { name: 'Keep watching beside “Other MDM”' });
  const takeOver = second.getByRole('radio', { name: 'Take over from “Other MDM”' });
  expect(words).toContain(location.uId);
  expect(words).toContain('Other MDM');
  expect(await keepWatching.isChecked()).toBe(true);
  await takeOver.check();
  const save = second.getByRole('button', { name: 'Save' });
  expect(await reasonOf(save)).toContain('Other MDM');
  await press(save);
  await seen(second);
  await keepWatching.check();
  await save.click();
  await gone(second);

  await seen(page.getByRole('region', { name: 'Content token' }).getByText('Winesap only watches'));
  const { tokens } = await stack.owner.api.call(routes.listTokens, { query: { q: location.uId } });
  await scanned(stack.owner.api, tokens[0]?.tokenId ?? '');
  expect(tokens).toMatchObject([{ organizationName: name, mode: 'watch' }]);
  expect((await stack.apple.state(location.uId)).claim).toEqual(OTHER);
});

test('a stolen claim is shown with its holder, and is taken back only after confirming twice', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { organization: 'Wingtip', locationName: 'Harbor Clinic' });
  await stack.apple.claim(held.location.uId, OTHER);
  await stack.owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });
  const { page } = await stage.open({ as: stack.owner, path: appleAppsOf(held.policyId), look: { viewport: NARROW } });
  const box = await seen(page.getByRole('region', { name: 'Token problem: Claimed elsewhere' }));

  expect(await wordsOf(box)).toContain('Other MDM');
  await box.getByRole('button', { name: 'Decide' }).click();
  const dialog = await seen(page.getByRole('dialog', { name: 'Who manages Harbor Clinic?' }));
  await dialog.getByRole('radio', { name: 'Take over from “Other MDM”' }).check();
  const takeOver = dialog.getByRole('button', { name: 'Take over' });
  expect(await takeOver.getAttribute('aria-disabled')).toBe('true');
  await dialog.getByRole('checkbox', { name: 'Take this location over from “Other MDM”' }).check();
  await takeOver.click();

  await gone(box);
  expect((await stack.apple.state(held.location.uId)).claim).toMatchObject({ name: 'Winesap' });
});

test('a wrong file is identified in the window, and another can be chosen immediately', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { locationName: 'Chicago HQ' });
  const good = await stack.apple.tokenFile(held.location.uId);
  const { page } = await stage.open({ as: stack.owner, path: appleAppsOf(held.policyId) });
  await page.getByRole('region', { name: 'Content token' }).getByRole('button', { name: 'Renew' }).click();
  const dialog = await seen(page.getByRole('dialog', { name: 'Renew Chicago HQ' }));
  const textual = wrongFiles(held.file).filter(({ what }) =>
    ['an enrollment token as mail', 'a page saved by mistake', 'an empty file', 'a file of a megabyte'].includes(what),
  );
  const SAYS: Record<string, RegExp> = {
    'token-file.enrollment-token': /automated enrollment token, not a content token/,
    'token-file.html': /web page, not a content token/,
    'token-file.empty': /file is empty/,
    'token-file.too-big': /too big to be a content token/,
  };

  for (const { name, bytes, code } of textual) {
    await chooseFile(dialog.getByLabel('Choose a file'), { name, text: Buffer.from(bytes).toString('latin1') });
    const save = dialog.getByRole('button', { name: 'Save' });
    if ((await save.getAttribute('aria-disabled')) !== 'true') await save.click();
    await seen(dialog.getByRole('alert').filter({ hasText: SAYS[code] ?? /never/ }));
  }
  await chooseFile(dialog.getByLabel('Choose a file'), { name: 'good.vpptoken', text: good });
  await gone(dialog.getByRole('alert'));
  await dialog.getByRole('button', { name: 'Save' }).click();

  await seen(page.getByRole('dialog', { name: 'Is this the right token?' }));
  expect(textual).toHaveLength(4);
});

test("a save after another person's renewal shows who did it, and the preview can be reloaded", async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { locationName: 'Denver Store' });
  const { page } = await stage.open({ as: stack.owner, path: `${appleAppsOf(held.policyId)}?window=renew` });
  const first = await seen(page.getByRole('dialog', { name: 'Renew Denver Store' }));
  await dropFile(first.getByLabel('Choose a file'), {
    name: 'mine.vpptoken',
    text: await stack.apple.tokenFile(held.location.uId),
  });
  await first.getByRole('button', { name: 'Save' }).click();
  const second = await seen(page.getByRole('dialog', { name: 'Is this the right token?' }));
  const admin = await stack.join('admin', 'Ada Admin');
  const theirs = new TextEncoder().encode(await stack.apple.tokenFile(held.location.uId));
  const shown = await admin.api.call(routes.previewRenewal, { params: { tokenId: held.tokenId }, body: theirs });
  await admin.api.call(routes.renewToken, {
    params: { tokenId: held.tokenId },
    query: { fingerprint: shown.file.fingerprint, tokenVersion: shown.tokenVersion },
    body: theirs,
  });

  await second.getByRole('button', { name: 'Save' }).click();
  await seen(second.getByRole('alert').filter({ hasText: 'Ada Admin renewed this token meanwhile.' }));
  await second.getByRole('button', { name: 'Preview again' }).click();
  await gone(second.getByRole('alert').filter({ hasText: 'Ada Admin' }));
  await second.getByRole('button', { name: 'Save' }).click();
  await gone(second);

  const token = await stack.owner.api.call(routes.getToken, { params: { tokenId: held.tokenId } });
  expect(token.version).toBe(3);
});

test('a single file dropped on the overview opens the window of its token', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { locationName: 'Lakeside PS01' });
  const { page } = await stage.open({ as: stack.owner });
  const text = await stack.apple.tokenFile(held.location.uId);
  await chooseFile(page.getByLabel('Drop .vpptoken files here to renew'), { name: 'download (1).txt', text });

  const dialog = await seen(page.getByRole('dialog', { name: 'Is this the right token?' }));
  await dialog.getByRole('button', { name: 'Save' }).click();

  await seen(page.getByRole('region', { name: 'Dropped files' }).getByText('✓ Lakeside PS01 renewed'));
  const token = await stack.owner.api.call(routes.getToken, { params: { tokenId: held.tokenId } });
  expect(token.version).toBe(2);
});

test("a file dropped on the red box is compared immediately, and one that isn't a token is identified", async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { locationName: 'Fargo' });
  await stack.apple.resetPassword(held.appleId);
  await stack.owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });
  const { page } = await stage.open({ as: stack.owner, path: `/policies/${held.policyId}/assets` });
  const box = await seen(page.getByRole('region', { name: 'Token problem: Revoked' }));

  await dropFile(box, { name: 'page.html', text: '<!doctype html><html></html>' });
  const first = await seen(page.getByRole('dialog', { name: 'Renew Fargo' }));
  await seen(first.getByRole('alert').filter({ hasText: /web page, not a content token/ }));
  await first.getByRole('button', { name: 'Cancel' }).click();
  await dropFile(box, { name: 'fresh.vpptoken', text: await stack.apple.tokenFile(held.location.uId) });
  const second = await seen(page.getByRole('dialog', { name: 'Is this the right token?' }));
  await second.getByRole('button', { name: 'Save' }).click();

  await gone(box);
  // The page and the tree beside it say the same.
  await seen(page.getByText('Healthy. Last successful sync'));
  await seen(page.getByRole('treeitem', { name: /token Healthy$/ }).and(page.locator('[aria-selected=true]')));
});

test('a token that expires while Apple is unreachable shows both in one box, the fixable cause first', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, {
    locationName: 'Utica',
    expiresAt: new Date(Date.now() + 11.5 * 86_400_000),
  });
  await stack.apple.fault({ name: 'html-error', status: 502, uId: held.location.uId });
  await stack.owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });
  const { page } = await stage.open({ as: stack.owner, path: appleAppsOf(held.policyId) });
  const box = await seen(page.getByRole('region', { name: 'Token problem: Unreachable' }));

  const titles = await box.getByRole('heading').allTextContents();

  await stack.apple.endFaults();
  expect(titles).toEqual(['This token expires in 11 days.', 'Apple cannot be reached, or does not answer properly.']);
  expect(await page.getByRole('button', { name: 'Scan Now' }).count()).toBe(1);
  await seen(box.getByRole('button', { name: 'Renew' }));
});

test('a link to an event opens that event, however far down its list it is', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { locationName: 'Quarry Lane' });
  const { events } = await stack.owner.api.call(routes.listEvents, { query: { tokenId: held.tokenId } });
  const path = `/events?receiverType=person&event=${events[0]?.id}`;
  const { page } = await stage.open({ as: stack.owner, path });

  const pointed = await seen(page.getByRole('region', { name: 'The event of this link' }));

  expect(await wordsOf(pointed)).toContain('Quarry Lane');
  await seen(pointed.getByRole('link', { name: 'Go to the token' }));
});

test('tapping a time shows the full date', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { locationName: 'Pocket Office' });
  const look = { viewport: NARROW, touch: true };
  const { page } = await stage.open({ as: stack.owner, path: appleAppsOf(held.policyId), look });
  const time = page.getByRole('region', { name: 'Content token' }).locator('time').first();
  const full = await time.getAttribute('title');

  await time.tap();

  await seen(page.getByRole('status').getByText(full ?? 'no title'));
});

test('a viewer sees reasons where others have buttons', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { locationName: 'Long Island' });
  const viewer = await stack.join('viewer', 'Vic Viewer');
  const { page } = await stage.open({ as: viewer, path: appleAppsOf(held.policyId) });
  const card = await seen(page.getByRole('region', { name: 'Content token' }));

  for (const name of ['Scan Now', 'Renew', 'Remove Token', 'Change who manages this location']) {
    const button = name === 'Scan Now' ? page.getByRole('button', { name }) : card.getByRole('button', { name });
    expect(await reasonOf(button), name).toMatch(/role admin/);
    await press(button);
    expect(await page.getByRole('dialog').count(), name).toBe(0);
  }
  expect(await card.getByRole('checkbox', { name: 'Enable Token Inheritance' }).isDisabled()).toBe(true);
  await page.goto(`${appleAppsOf(held.policyId)}?window=renew`);
  await seen(card);
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('a child policy shows where its token comes from', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { organization: 'Northwind Retail', locationName: 'Retail' });
  const { organizationId, policyId } = held;
  const child = await stack.owner.api.call(routes.addPolicy, {
    params: { organizationId },
    body: { name: 'Stores East', parentId: policyId },
  });
  const { page } = await stage.open({ as: stack.owner, path: appleAppsOf(policyId) });

  await page.getByRole('checkbox', { name: 'Enable Token Inheritance' }).check();
  await until(
    'the inheritance',
    () => stack.owner.api.call(routes.getPolicy, { params: { policyId: child.id } }),
    ({ tokenSource }) => tokenSource === 'inherited',
  );
  await page
    .getByRole('tree', { name: 'Policies' })
    .getByRole('treeitem', { name: /^Stores East/ })
    .click();
  await page.getByRole('link', { name: 'Settings → Apple Apps' }).click();

  const card = await seen(page.getByRole('region', { name: 'Content token' }));
  await seen(card.getByText('inherited from'));
  expect(await reasonOf(card.getByRole('button', { name: 'Remove Token' }))).toContain('Northwind Retail');
  expect(await reasonOf(card.getByRole('button', { name: 'Renew' }))).toBe('');
});

test('nothing about a token stays in the browser', async () => {
  const { stack } = stage;
  const held = await holdLocation(stack, { locationName: 'Vault' });
  const file = await stack.apple.tokenFile(held.location.uId);
  const { page, context } = await stage.open({ as: stack.owner, path: `${appleAppsOf(held.policyId)}?window=renew` });
  const answers: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/') && !response.url().endsWith('/api/stream'))
      void response.text().then(
        (text) => answers.push(text),
        () => undefined,
      );
  });
  const first = await seen(page.getByRole('dialog', { name: 'Renew Vault' }));
  await chooseFile(first.getByLabel('Choose a file'), { name: 'vault.vpptoken', text: file });
  await first.getByRole('button', { name: 'Save' }).click();
  const second = await seen(page.getByRole('dialog', { name: 'Is this the right token?' }));
  const during = await everythingKept(page);
  await second.getByRole('button', { name: 'Save' }).click();
  await gone(second);
  const after = await everythingKept(page);

  const secret = (JSON.parse(Buffer.from(file, 'base64').toString('utf8')) as { token: string }).token;
  const places = [
    during,
    after,
    JSON.stringify(await context.storageState()),
    page.url(),
    await page.content(),
    ...answers,
  ];
  expect(answers.length).toBeGreaterThan(2);
  for (const text of places)
    for (const part of [file.slice(0, 40), file.slice(-60, -20), secret.slice(0, 40), secret.slice(40, 80)])
      expect(text.includes(part)).toBe(false);
});

/** Everything that a page can leave behind: storage, databases, caches, cookies visible to scripts. */
function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const kept: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state];
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue;
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of database.objectStoreNames)
        kept.push(
          await new Promise((resolve, reject) => {
            const reading = database.transaction(store).objectStore(store).getAll();
            reading.onsuccess = () => resolve(reading.result);
            reading.onerror = () => reject(reading.error);
          }),
        );
      database.close();
    }
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys()) kept.push(request.url);
    return JSON.stringify(kept);
  });
}
