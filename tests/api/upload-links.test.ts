import { createApi, routes } from '@winesap/api';
import { bytesOf, holdLocation, refused, type Stack, scanned } from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import { expect, test } from 'vitest';

/** The customer: a person without access, with only the link. */
const customer = (stack: Stack) => createApi({ baseUrl: stack.url });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const secretOf = (path: string) => path.replace('/upload/', '');

withStack('postgres', (stack) => {
  async function brokenWithLink(autoConfirm: boolean) {
    const held = await holdLocation(stack(), {});
    await stack().apple.resetPassword(held.appleId);
    await stack().owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });
    const body = { days: 3, autoConfirm };
    const made = await stack().owner.api.call(routes.addUploadLink, { params: { tokenId: held.tokenId }, body });
    return { held, made, params: { secret: secretOf(made.path) } };
  }

  /** Apple has never sent its name. */
  async function namelessLocation() {
    const silence = await stack().apple.fault({ name: 'missing-member', member: 'locationName' });
    const held = await holdLocation(stack(), { expiresAt: inDays(200) });
    await stack().apple.endFault(silence);
    return held;
  }

  test('a customer without access drops the file, an admin confirms, the token works again', async () => {
    const { api } = stack().owner;
    const { held, params } = await brokenWithLink(false);

    const page = await customer(stack()).call(routes.getUploadPage, { params });
    expect(Object.keys(page).sort()).toEqual(['expiresAt', 'kind', 'locationName', 'portal']);
    expect(page.locationName).toBe(held.location.locationName);
    const body = bytesOf(await stack().apple.tokenFile(held.location.uId));
    const sent = await customer(stack()).call(routes.sendUpload, {
      params,
      body,
      query: { fileName: 'fresh.vpptoken' },
    });
    expect(sent.outcome).toBe('waiting');

    const still = await api.call(routes.getToken, { params: { tokenId: held.tokenId } });
    expect(still.health.state).toBe('revoked');
    const { waiting } = await api.call(routes.listUploads, { params: { tokenId: held.tokenId } });
    expect(waiting).toMatchObject([{ fileName: 'fresh.vpptoken' }]);
    const upload = { uploadId: waiting[0]?.id ?? '' };
    const preview = await api.call(routes.previewUpload, { params: upload });
    expect(preview.verdict).toBe('ready');
    const query = { tokenVersion: preview.tokenVersion };
    const { token } = await api.call(routes.confirmUpload, { params: upload, query });
    expect(token.health.state).toBe('healthy');
    await scanned(stack().owner.api, held.tokenId);

    const again = await refused(api.call(routes.confirmUpload, { params: upload, query }));
    expect(again.code).toBe('upload.settled');
    expect((await api.call(routes.listUploads, { params: { tokenId: held.tokenId } })).waiting).toEqual([]);
  });

  test('a matching file renews immediately if that was allowed', async () => {
    const { held, params } = await brokenWithLink(true);

    const body = bytesOf(await stack().apple.tokenFile(held.location.uId));
    const sent = await customer(stack()).call(routes.sendUpload, { params, body });

    expect(sent.outcome).toBe('renewed');
    const token = await stack().owner.api.call(routes.getToken, { params: { tokenId: held.tokenId } });
    expect(token.health.state).toBe('healthy');
    expect(token.renewedBy).toMatch(/^upload link of /);
  });

  test('a wrong file is refused and leaves the link as it was; the right one is accepted after it', async () => {
    const { held, params } = await brokenWithLink(false);
    const other = await holdLocation(stack(), {});
    const api = customer(stack());

    const mismatch = bytesOf(await stack().apple.tokenFile(other.location.uId));
    const problem = await refused(api.call(routes.sendUpload, { params, body: mismatch }));
    expect(problem).toMatchObject({ code: 'upload.other-location', status: 409 });
    expect(problem.detail).toContain(held.location.locationName);
    expect(problem.detail).not.toContain('Remove Token');
    expect((await refused(api.call(routes.sendUpload, { params, body: bytesOf('<html>') }))).code).toBe(
      'token-file.html',
    );
    const right = bytesOf(await stack().apple.tokenFile(held.location.uId));
    expect((await api.call(routes.sendUpload, { params, body: right })).outcome).toBe('waiting');
  });

  test('a stranger with a link learns neither the location’s number nor when its token expires', async () => {
    const expiresAt = inDays(200);
    const held = await holdLocation(stack(), { expiresAt });
    const nameless = await namelessLocation();
    const other = await holdLocation(stack(), {});
    const api = customer(stack());

    for (const { tokenId, location, file } of [held, nameless]) {
      const body = { days: 3, autoConfirm: true };
      const made = await stack().owner.api.call(routes.addUploadLink, { params: { tokenId }, body });
      const params = { secret: secretOf(made.path) };
      const files = [
        await stack().apple.tokenFile(other.location.uId),
        file,
        await stack().apple.tokenFile(location.uId, { expiresAt: inDays(100) }),
      ];

      const page = await api.call(routes.getUploadPage, { params });
      const problems = [];
      for (const one of files)
        problems.push(await refused(api.call(routes.sendUpload, { params, body: bytesOf(one) })));

      expect(problems.map(({ code }) => code)).toEqual([
        'upload.other-location',
        'upload.same-file',
        'upload.older-file',
      ]);
      const told = JSON.stringify([page, problems]);
      expect(told).not.toContain(location.uId);
      expect(told).not.toContain(other.location.uId);
      expect(told).not.toContain(expiresAt.toISOString().slice(0, 10));
    }
  });

  test('of two files dropped at once one is accepted, and a used link accepts no more', async () => {
    const { held, params } = await brokenWithLink(false);
    const api = customer(stack());
    const files = [await stack().apple.tokenFile(held.location.uId), await stack().apple.tokenFile(held.location.uId)];

    const sent = await Promise.allSettled(
      files.map((file) => api.call(routes.sendUpload, { params, body: bytesOf(file) })),
    );

    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await refused(api.call(routes.getUploadPage, { params }))).code).toBe('upload-link.used');
    const { waiting } = await stack().owner.api.call(routes.listUploads, { params: { tokenId: held.tokenId } });
    expect(waiting).toHaveLength(1);
  });

  test('a revoked, a guessed, and a mangled link get the same answer, and admins see who created which', async () => {
    const { held, made, params } = await brokenWithLink(false);
    const link = { tokenId: held.tokenId, linkId: made.link.id };
    await stack().owner.api.call(routes.revokeUploadLink, { params: link });
    const guessed = { secret: 'A'.repeat(43) };
    const api = customer(stack());

    for (const wrong of [params, guessed, { secret: params.secret.slice(0, -1) }]) {
      const problem = await refused(api.call(routes.getUploadPage, { params: wrong }));
      expect(problem).toMatchObject({ code: 'upload-link.not-valid', status: 404 });
    }
    const { links } = await stack().owner.api.call(routes.listUploads, { params: { tokenId: held.tokenId } });
    expect(links).toMatchObject([{ id: made.link.id, state: 'revoked', createdBy: expect.any(String) }]);
    expect(JSON.stringify(links)).not.toContain(params.secret);
  });

  test('a declined file is deleted and the token stays as it was', async () => {
    const { held, params } = await brokenWithLink(false);
    const body = bytesOf(await stack().apple.tokenFile(held.location.uId));
    await customer(stack()).call(routes.sendUpload, { params, body });
    const { api } = stack().owner;
    const { waiting } = await api.call(routes.listUploads, { params: { tokenId: held.tokenId } });
    const upload = { uploadId: waiting[0]?.id ?? '' };

    await api.call(routes.declineUpload, { params: upload });

    expect((await refused(api.call(routes.previewUpload, { params: upload }))).code).toBe('upload.settled');
    const token = await api.call(routes.getToken, { params: { tokenId: held.tokenId } });
    expect(token.health.state).toBe('revoked');
  });

  test("addresses can't be guessed by the thousand", async () => {
    const api = customer(stack());
    const knock = () => refused(api.call(routes.getUploadPage, { params: { secret: 'B'.repeat(43) } }));

    const codes = [];
    for (let count = 0; count < 70; count++) codes.push((await knock()).code);

    expect(codes).toContain('request.too-many');
  });
});
