import { type Problem, routes } from '@winesap/api';
import {
  addLocation,
  addOrganization,
  bytesOf,
  type HeldLocation,
  holdLocation,
  inspect,
  refused,
  renew,
  scanned,
  storedRows,
  until,
  wrappings,
  wrongFiles,
} from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import { beforeAll, describe, expect, test } from 'vitest';

/** A placeholder for a file where a test only needs its name. */
const SAMPLE = Buffer.from(
  JSON.stringify({ token: `${'Qx7+'.repeat(32)}==`, expDate: '2031-01-01T00:00:00+0000', orgName: 'Orchard' }),
).toString('base64');

withStack('embedded', (stack) => {
  let held: HeldLocation;
  let emptyPolicy: string;

  beforeAll(async () => {
    held = await holdLocation(stack());
    // Names are requested after the first scan, and would be counted as requests that the files cause.
    await until(
      'the names of the assets',
      () => stack().apple.requests(),
      ({ byPath }) => Object.keys(byPath).some((path) => path.endsWith('/lookup')),
    );
    emptyPolicy = (await addOrganization(stack().owner.api)).policyId;
  });

  /** Sends the same file to every route that accepts one. */
  async function offerEverywhere(body: Uint8Array, fileName: string): Promise<Problem[]> {
    const { api } = stack().owner;
    const params = { tokenId: held.tokenId };
    const fingerprint = 'shown-before';
    return [
      await refused(api.call(routes.inspectTokenFile, { query: { fileName }, body })),
      await refused(
        api.call(routes.addToken, {
          params: { policyId: emptyPolicy },
          query: { fileName, fingerprint, mode: 'watch' },
          body,
        }),
      ),
      await refused(api.call(routes.previewRenewal, { params, query: { fileName }, body })),
      await refused(
        api.call(routes.renewToken, {
          params,
          query: { fileName, fingerprint, tokenVersion: held.token.version },
          body,
        }),
      ),
    ];
  }

  describe("a file that isn't a content token", () => {
    test.each(wrongFiles(SAMPLE))(
      '$what is called by its name, and Apple is not asked',
      async ({ bytes, name, code }) => {
        await stack().apple.forgetRequests();

        const problems = await offerEverywhere(bytes, name);

        for (const problem of problems) {
          expect(problem).toMatchObject({ code, status: code === 'token-file.too-big' ? 413 : 422 });
          expect(problem.detail).toContain('Nothing was stored.');
        }
        expect(new Set(problems.map(({ title }) => title)).size).toBe(1);
        expect((await stack().apple.requests()).total).toBe(0);
      },
    );

    test('none of them changes the database', async () => {
      const before = await storedRows(stack());

      for (const { bytes, name } of wrongFiles(held.file)) await offerEverywhere(bytes, name);

      expect(await storedRows(stack())).toEqual(before);
    });
  });

  describe('a content token that Apple refuses', () => {
    test('is refused without asking Apple if it has expired', async () => {
      const { apple } = stack();
      const file = await apple.tokenFile(held.location.uId, { expiresAt: new Date(Date.now() - 86_400_000) });
      await apple.forgetRequests();

      const problems = await offerEverywhere(bytesOf(file), 'old.vpptoken');

      for (const problem of problems) expect(problem).toMatchObject({ code: 'token-file.expired', status: 422 });
      expect((await apple.requests()).total).toBe(0);
    });

    test('is refused in Apple’s words if it was revoked', async () => {
      const { apple } = stack();
      const appleId = 'leaver@orchard.example';
      const location = await addLocation(stack());
      const file = await apple.tokenFile(location.uId, { appleId });
      await apple.resetPassword(appleId);
      const before = await storedRows(stack());

      const [inspected, , previewed] = await offerEverywhere(bytesOf(file), 'revoked.vpptoken');

      for (const problem of [inspected, previewed]) {
        expect(problem).toMatchObject({ code: 'token-file.revoked', status: 422 });
        expect(problem?.detail).toContain('|| 9625 - The server has revoked the sToken.');
      }
      expect(await storedRows(stack())).toEqual(before);
    });

    test('is refused if Apple does not know it, with any status', async () => {
      const { apple, owner } = stack();
      const file = Buffer.from(
        JSON.stringify({ token: 'A'.repeat(88), expDate: '2031-01-01T00:00:00+0000', orgName: 'Nobody' }),
      ).toString('base64');

      const within200 = await refused(inspect(owner.api, file));
      await apple.fault({ name: 'wrong-status-9622', times: 1 });
      const with401 = await refused(inspect(owner.api, file));

      expect(within200).toMatchObject({ code: 'token-file.not-accepted', status: 422 });
      expect(with401).toMatchObject({ code: 'token-file.not-accepted', status: 422 });
      expect(within200.detail).toContain('9622');
    });

    test('is refused as not permitted if its account lost its role', async () => {
      const { apple, owner } = stack();
      const appleId = 'intern@orchard.example';
      const location = await addLocation(stack());
      const file = await apple.tokenFile(location.uId, { appleId });
      await apple.setRole(appleId, 'none');

      const problem = await refused(inspect(owner.api, file));

      expect(problem).toMatchObject({ code: 'token-file.not-permitted', status: 422 });
      expect(problem.detail).toContain('Content Manager');
    });
  });

  describe('a valid file', () => {
    test.each(wrappings(SAMPLE).map(({ what }, index) => ({ what, index })))('$what is accepted', async ({ index }) => {
      const { apple, owner } = stack();
      const file = await apple.tokenFile(held.location.uId);
      const { bytes, name } = wrappings(file)[index] ?? { bytes: new Uint8Array(), name: '' };

      const inspection = await owner.api.call(routes.inspectTokenFile, {
        query: name === '' ? {} : { fileName: name },
        body: bytes,
      });

      expect(inspection.identity.uId).toBe(held.location.uId);
      expect(inspection.heldBy?.tokenId).toBe(held.tokenId);
      expect(inspection.file).toMatchObject({ bytes: bytes.length, organizationName: held.location.orgName });
    });

    test('in any wrapping it is the same file', async () => {
      const { apple, owner } = stack();
      const file = await apple.tokenFile(held.location.uId);

      const prints = new Set<string>();
      for (const { bytes } of wrappings(file))
        prints.add((await owner.api.call(routes.inspectTokenFile, { body: bytes })).file.fingerprint);

      expect(prints.size).toBe(1);
    });

    test('with pretty-printed JSON inside it is read, and Apple decides', async () => {
      const inside: unknown = JSON.parse(Buffer.from(held.file, 'base64').toString('utf8'));
      const pretty = Buffer.from(`${JSON.stringify(inside, null, 2)}\n`).toString('base64');

      const problem = await refused(inspect(stack().owner.api, pretty));

      // The simulator identifies its tokens by their text, so it does not know this one; it only matters that it was
      // asked.
      expect(problem.code).toBe('token-file.not-accepted');
      expect(problem.detail).toContain('9622');
    });

    test('renews in any wrapping, and the stored token works', async () => {
      const { apple, owner } = stack();
      for (const { bytes, name } of wrappings(await apple.tokenFile(held.location.uId)).slice(4, 6)) {
        const own = await holdLocation(stack());
        const file = await apple.tokenFile(own.location.uId);
        const wrapped = wrappings(file).find((one) => one.name === name) ?? { bytes };

        await renew(owner.api, own.tokenId, new TextDecoder('utf-8', { ignoreBOM: true }).decode(wrapped.bytes), name);

        const token = await scanned(owner.api, own.tokenId);
        expect(token.health.state).toBe('healthy');
        // A name with a line break is stored without the break.
        expect(token.fileName).toBe(name.replaceAll('\n', ''));
      }
    });
  });
});
