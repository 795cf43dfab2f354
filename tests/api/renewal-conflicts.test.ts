import { ApiProblem, routes } from '@winesap/api';
import {
  addLocation,
  addOrganization,
  bytesOf,
  holdLocation,
  inspect,
  refused,
  renew,
  scanned,
  storedRows,
} from '@winesap/testkit';
import { forEachStack } from '@winesap/testkit/for-each-stack';
import { expect, test } from 'vitest';

const DAY_MS = 86_400_000;

forEachStack((stack) => {
  const preview = (tokenId: string, file: string) =>
    stack().owner.api.call(routes.previewRenewal, { params: { tokenId }, body: bytesOf(file) });
  const save = (
    tokenId: string,
    file: string,
    shown: { tokenVersion: number; file: { fingerprint: string } },
    acceptOlder?: boolean,
    api = stack().owner.api,
  ) =>
    api.call(routes.renewToken, {
      params: { tokenId },
      query: {
        fingerprint: shown.file.fingerprint,
        tokenVersion: shown.tokenVersion,
        ...(acceptOlder === undefined ? {} : { acceptOlder: acceptOlder ? 'true' : 'false' }),
      },
      body: bytesOf(file),
    });

  test('a file of another location is refused with both identities and the next step', async () => {
    const held = await holdLocation(stack());
    const elsewhere = await addLocation(stack());
    const file = await stack().apple.tokenFile(elsewhere.uId);
    const shown = await preview(held.tokenId, file);
    const before = await storedRows(stack());

    const problem = await refused(save(held.tokenId, file, shown));

    expect(shown).toMatchObject({
      verdict: 'refused',
      refusal: { code: 'renewal.location-mismatch' },
      otherToken: null,
    });
    expect(shown.rows[0]).toEqual({
      field: 'uId',
      label: 'Identification number',
      stored: held.location.uId,
      fresh: elsewhere.uId,
      change: 'wrong',
    });
    expect(problem).toMatchObject({ code: 'renewal.location-mismatch', status: 409 });
    for (const { uId, locationName } of [held.location, elsewhere]) {
      expect(problem.detail).toContain(uId);
      expect(problem.detail).toContain(locationName);
    }
    expect(problem.detail).toContain('Remove Token');
    expect(problem.detail).toContain('Nothing was changed.');
    expect(await storedRows(stack())).toEqual(before);
  });

  test("the stored file can't renew itself", async () => {
    const held = await holdLocation(stack());
    const shown = await preview(held.tokenId, `\n${held.file}\r\n`);
    const before = await storedRows(stack());

    const problem = await refused(save(held.tokenId, held.file, shown));

    expect(shown).toMatchObject({ verdict: 'refused', refusal: { code: 'renewal.same-file' } });
    expect(problem).toMatchObject({ code: 'renewal.same-file', status: 409 });
    expect(await storedRows(stack())).toEqual(before);
  });

  test('an older file requires a person’s confirmation, and then works', async () => {
    const held = await holdLocation(stack());
    const file = await stack().apple.tokenFile(held.location.uId, { expiresAt: new Date(Date.now() + 90 * DAY_MS) });
    const shown = await preview(held.tokenId, file);

    const problem = await refused(save(held.tokenId, file, shown));
    const unmoved = await stack().owner.api.call(routes.getToken, { params: { tokenId: held.tokenId } });
    const saved = await save(held.tokenId, file, shown, true);

    expect(shown).toMatchObject({ verdict: 'needs-consent', refusal: { code: 'renewal.older-file' } });
    expect(problem).toMatchObject({ code: 'renewal.older-file', status: 409 });
    expect(unmoved.version).toBe(held.token.version);
    expect(saved.token).toMatchObject({ version: held.token.version + 1, health: { state: 'healthy' } });
    expect(saved.token.daysLeft).toBeLessThanOrEqual(90);
    await scanned(stack().owner.api, held.tokenId);
  });

  test('of two people who renew at once, one wins, and the other learns who did', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack());
    const people = [owner, await stack().join('admin', 'Ada Admin')];
    const files = [await apple.tokenFile(held.location.uId), await apple.tokenFile(held.location.uId)];
    const shown = await Promise.all(files.map((file) => preview(held.tokenId, file)));

    const outcomes = await Promise.allSettled(
      people.map(({ api }, i) => save(held.tokenId, files[i] ?? '', shown[i] as (typeof shown)[0], undefined, api)),
    );

    const won = outcomes.findIndex(({ status }) => status === 'fulfilled');
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(won).not.toBe(-1);
    expect(lost).toHaveLength(1);
    expect(lost[0]).toBeInstanceOf(ApiProblem);
    expect((lost[0] as ApiProblem).problem).toMatchObject({
      code: 'preview.stale',
      status: 409,
      title: `${people[won]?.name} renewed this token meanwhile.`,
    });
    const token = await scanned(owner.api, held.tokenId);
    expect(token).toMatchObject({ version: held.token.version + 1, renewedBy: people[won]?.name });
    const { events } = await owner.api.call(routes.listEvents, { query: { tokenId: held.tokenId } });
    expect(events.filter(({ code }) => code === 'token.renewed')).toHaveLength(1);
  });

  test('a save after another person’s renewal is refused as stale', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack());
    const mine = await apple.tokenFile(held.location.uId);
    const shown = await preview(held.tokenId, mine);
    await renew(owner.api, held.tokenId, await apple.tokenFile(held.location.uId));
    const token = await scanned(owner.api, held.tokenId);

    const problem = await refused(save(held.tokenId, mine, shown));

    expect(problem).toMatchObject({ code: 'preview.stale', status: 409 });
    expect(problem.title).toContain(owner.name);
    expect(problem.data).toMatchObject({ reason: 'renewed', by: owner.name });
    expect(await owner.api.call(routes.getToken, { params: { tokenId: held.tokenId } })).toEqual(token);
  });

  test('a save after the token was removed is refused', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack());
    const file = await apple.tokenFile(held.location.uId);
    const shown = await preview(held.tokenId, file);
    await owner.api.call(routes.removeToken, {
      params: { tokenId: held.tokenId },
      body: { locationName: held.location.locationName, releaseClaim: false },
    });

    const problem = await refused(save(held.tokenId, file, shown));

    expect(problem).toMatchObject({ code: 'token.not-found', status: 404 });
    expect(problem.detail).toContain('removed meanwhile');
  });

  test('a file other than the previewed one is not saved', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack());
    const shown = await preview(held.tokenId, await apple.tokenFile(held.location.uId));

    const problem = await refused(save(held.tokenId, await apple.tokenFile(held.location.uId), shown));

    expect(problem).toMatchObject({ code: 'preview.stale', status: 409, data: { reason: 'other-file' } });
    const token = await owner.api.call(routes.getToken, { params: { tokenId: held.tokenId } });
    expect(token.version).toBe(held.token.version);
  });

  test('a file revoked between preview and save is not saved', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack());
    const appleId = `second.${held.location.uId}@orchard.example`;
    const file = await apple.tokenFile(held.location.uId, { appleId });
    const shown = await preview(held.tokenId, file);
    await apple.resetPassword(appleId);

    const problem = await refused(save(held.tokenId, file, shown));

    expect(problem).toMatchObject({ code: 'token-file.revoked', status: 422 });
    const token = await owner.api.call(routes.getToken, { params: { tokenId: held.tokenId } });
    expect(token).toMatchObject({ version: held.token.version, health: { state: 'healthy' } });
  });

  test('a known location is not added a second time, in any organization', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack());
    const other = await addOrganization(owner.api);
    const file = await apple.tokenFile(held.location.uId);
    const { file: shown, heldBy } = await inspect(owner.api, file);
    const before = await storedRows(stack());

    const problem = await refused(
      owner.api.call(routes.addToken, {
        params: { policyId: other.policyId },
        query: { fingerprint: shown.fingerprint, mode: 'watch' },
        body: bytesOf(file),
      }),
    );

    expect(heldBy).toMatchObject({ tokenId: held.tokenId, organizationName: held.location.orgName });
    expect(problem).toMatchObject({ code: 'location.held', status: 409 });
    expect(problem.title).toContain(held.location.locationName);
    expect(problem.detail).toContain(held.location.orgName);
    expect(await storedRows(stack())).toEqual(before);
  });

  test('of two people who add the same location at once, one gets it', async () => {
    const { apple, owner } = stack();
    const location = await addLocation(stack());
    const places = [await addOrganization(owner.api), await addOrganization(owner.api)];
    const file = await apple.tokenFile(location.uId);
    const { fingerprint } = (await inspect(owner.api, file)).file;

    const outcomes = await Promise.allSettled(
      places.map(({ policyId }) =>
        owner.api.call(routes.addToken, {
          params: { policyId },
          query: { fingerprint, mode: 'watch' },
          body: bytesOf(file),
        }),
      ),
    );

    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as ApiProblem] : []));
    expect(lost.map(({ problem }) => problem.code)).toEqual(['location.held']);
    const { tokens } = await owner.api.call(routes.listTokens, { query: { q: location.uId } });
    expect(tokens).toHaveLength(1);
    await scanned(owner.api, tokens[0]?.tokenId ?? '');
  });

  test("a policy that holds a token can't have a second one", async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack());
    const file = await apple.tokenFile((await addLocation(stack())).uId);
    const { fingerprint } = (await inspect(owner.api, file)).file;

    const problem = await refused(
      owner.api.call(routes.addToken, {
        params: { policyId: held.policyId },
        query: { fingerprint, mode: 'watch' },
        body: bytesOf(file),
      }),
    );

    expect(problem).toMatchObject({ code: 'policy.holds-token', status: 409 });
  });

  test('a renewal by another account keeps the location and shows the new account', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack());
    const appleId = `new.person@${held.location.managedDomain}`;
    const file = await apple.tokenFile(held.location.uId, { appleId });

    const shown = await preview(held.tokenId, file);
    await save(held.tokenId, file, shown);

    expect(shown.rows.find(({ field }) => field === 'appleId')).toMatchObject({ fresh: appleId, change: 'changed' });
    const token = await scanned(owner.api, held.tokenId);
    expect(token.identity).toMatchObject({ appleId, uId: held.location.uId });
  });
});
