import { type AnyRoute, routes, TOKEN_FILE, urlOf } from '@winesap/api';
import { bytesOf, checkProblem, type HeldLocation, holdLocation, storedRows } from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Change, eachObjectWidened, eachTextSpoiled, sampleOf } from './route-samples.ts';

const ALL = (Object.entries(routes) as [string, AnyRoute][]).map(([id, route]) => ({ id, route }));
const FILES = ALL.filter(({ route }) => route.body === TOKEN_FILE);

withStack('embedded', (stack) => {
  let held: HeldLocation;

  beforeAll(async () => {
    held = await holdLocation(stack());
  });

  /** As an owner, so that only the request itself can be refused. */
  async function send(route: AnyRoute, { params, query, body }: Omit<Change, 'where'>, contentType?: string) {
    const ended = new AbortController();
    const isFile = route.body === TOKEN_FILE;
    const type = contentType ?? (isFile ? 'application/octet-stream' : 'application/json');
    const response = await fetch(stack().url + urlOf(route, { params, query }), {
      method: route.method,
      headers: {
        cookie: stack().owner.cookie,
        origin: stack().url,
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body: isFile ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
      signal: ended.signal,
    });
    const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
    const problem = isProblem ? ((await response.json()) as { code: string; detail: string }) : null;
    ended.abort();
    return { status: response.status, problem };
  }

  describe('U+0000 in a text', () => {
    let before: Awaited<ReturnType<typeof storedRows>>;

    beforeAll(async () => {
      before = await storedRows(stack());
    });

    test.each(ALL)('is refused wherever $id accepts a text', async ({ route }) => {
      for (const change of eachTextSpoiled(route, (text) => `${text.slice(0, 3)}\0${text.slice(3)}`)) {
        const { status, problem } = await send(route, change);

        expect({ where: change.where, status, problem }).toMatchObject({
          where: change.where,
          status: 400,
          problem: { code: 'request.invalid', detail: expect.stringContaining('U+0000') },
        });
        checkProblem(route, problem);
      }
    });

    test('leaves nothing in the database, and no error in the log', async () => {
      expect(stack().log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
      expect(await storedRows(stack())).toEqual(before);
    });

    test('is refused in an address outside the API, without signing in', async () => {
      for (const path of ['/hooks/apple/%00', '/%00', '/policies/%00', '/api/%00', '/api/status?%00=1']) {
        const response = await fetch(stack().url + path, { method: path.startsWith('/hooks') ? 'POST' : 'GET' });

        expect({ path, status: response.status }).toEqual({ path, status: 400 });
        expect(await response.json()).toMatchObject({ code: 'request.invalid' });
      }
    });

    test('an unpaired surrogate is refused as well', async () => {
      const name = 'Orchard \ud800';
      const { status, problem } = await send(routes.addOrganization, { params: {}, query: {}, body: { name } });

      expect({ status, problem }).toMatchObject({ status: 400, problem: { code: 'request.invalid' } });
      expect(problem?.detail).toContain('name: contains half of a character.');
    });
  });

  /** Secrets, which are compared but not stored, and addresses, of which only the host is shown. */
  const FREE_TEXTS =
    /^body\.(password|currentPassword|newPassword|setupCode|template|locationName|holder|confirm|takeOverFrom|url|scope\.(uId|adamId|pricingParam))$/;

  /** A line break, an escape sequence, a line separator, and marks that change the text direction. */
  const DISTURBING = ['\n', '\u001b[2J', '\u2028', '\u202e', '\u2067', '\u200f'];
  /** What a person signs in with is not stored. */
  const TYPED = ALL.filter(({ id, route }) => route.body !== undefined && route.body !== TOKEN_FILE && id !== 'signIn');

  describe('a text that would affect its surroundings', () => {
    test.each(TYPED)('is refused wherever a person types one for $id', async ({ route }) => {
      for (const mark of DISTURBING) {
        const changes = eachTextSpoiled(route, (text) => `${text.slice(0, 12)}${mark}${text.slice(12)}`);
        for (const change of changes.filter(({ where }) => where.startsWith('body.') && !FREE_TEXTS.test(where))) {
          const { status, problem } = await send(route, change);

          expect({ where: change.where, status, problem }).toMatchObject({
            where: change.where,
            status: 400,
            problem: { code: 'request.invalid' },
          });
          checkProblem(route, problem);
        }
      }
    });

    test('is cleaned in the name of a file', async () => {
      const body = bytesOf(await stack().apple.tokenFile(held.location.uId));
      const query = { fileName: 'fresh\r\n\u202egpj\u200f.vpptoken' };

      const { file } = await stack().owner.api.call(routes.inspectTokenFile, { query, body });

      expect(file.name).toBe('freshgpj.vpptoken');
    });
  });

  test('a name of only invisible characters is refused; one in any script is accepted', async () => {
    const add = (name: string) => send(routes.addOrganization, { params: {}, query: {}, body: { name } });

    for (const name of ['\u200b', '\u2060\ufeff', '\u00ad\u200d'])
      expect((await add(name)).problem?.detail).toMatch(/^name: .*visible/);
    for (const name of ['Obstgarten Süd', 'بستان', 'מטע ירושלים', '果樹園', 'باغ‌میوه', '👩‍🌾'])
      expect((await add(name)).status).toBe(201);
  });

  describe('an unknown name', () => {
    test.each(ALL)('is refused by name wherever $id could have it', async ({ route }) => {
      for (const change of eachObjectWidened(route, 'unheardOf')) {
        const { status, problem } = await send(route, change);

        expect({ where: change.where, status, problem }).toMatchObject({
          where: change.where,
          status: 400,
          problem: { code: 'request.invalid', detail: expect.stringContaining('unheardOf: isn’t known here.') },
        });
        checkProblem(route, problem);
      }
    });

    test('is the only problem: without it every request is accepted', async () => {
      for (const { id, route } of ALL.filter(({ route }) => route.method === 'GET' && route.access !== 'public')) {
        const { problem } = await send(route, sampleOf(route));

        expect({ id, code: problem?.code }).not.toEqual({ id, code: 'request.invalid' });
      }
    });

    test('acknowledges no alert', async () => {
      const { status, problem } = await send(routes.acknowledgeAlerts, { params: {}, query: {}, body: { zzz: 1 } });

      expect({ status, detail: problem?.detail }).toEqual({ status: 400, detail: 'zzz: isn’t known here.' });
    });
  });

  describe('a file', () => {
    const KINDS = ['application/octet-stream', 'text/plain', 'application/json', 'multipart/form-data'];

    // A batch lists a wrong file instead of refusing it.
    test.each(FILES.filter(({ id }) => id !== 'addBatchFile'))(
      'is the same to $id under any content type',
      async ({ id, route }) => {
        const { tokenId, policyId } = held;
        const { link, path } = await stack().owner.api.call(routes.addUploadLink, { params: { tokenId }, body: {} });
        expect(link.state).toBe('open');
        const secret = path.replace('/upload/', '');
        const { query } = sampleOf(route);
        const params = { tokenId, policyId, secret } as Record<string, string>;
        const own = Object.fromEntries(Object.keys(route.params.shape).map((name) => [name, params[name] ?? '']));
        const web = bytesOf('<!doctype html><title>Sign in</title>');

        for (const kind of KINDS) {
          const answer = await send(route, { params: own, query, body: web }, kind);

          expect({ id, kind, ...answer }).toMatchObject({ status: 422, problem: { code: 'token-file.html' } });
          checkProblem(route, answer.problem);
        }
      },
    );

    test.each(KINDS)('is listed as a problem by a batch, and as %s too', async (kind) => {
      const { api } = stack().owner;
      const { id: batchId } = await api.call(routes.openBatch, {});
      const body = bytesOf('<!doctype html><title>Sign in</title>');

      const { status } = await send(routes.addBatchFile, { params: { batchId }, query: {}, body }, kind);

      const { files } = await api.call(routes.getBatch, { params: { batchId } });
      expect({ status, files }).toMatchObject({
        status: 201,
        files: [{ verdict: 'problem', problem: { code: 'token-file.html' } }],
      });
    });

    test.each(KINDS)('that is valid is read as %s', async (kind) => {
      const body = bytesOf(await stack().apple.tokenFile(held.location.uId));
      const params = { tokenId: held.tokenId };

      const { status, problem } = await send(routes.previewRenewal, { params, query: {}, body }, kind);

      expect({ status, problem }).toEqual({ status: 200, problem: null });
    });

    test.each(FILES)('inside a form is not a file to $id, and the refusal says how to send it', async ({ route }) => {
      const form = new FormData();
      form.append('file', new Blob([held.file]), 'sToken.vpptoken');
      const request = new Request('http://localhost', { method: 'POST', body: form });
      const body = new Uint8Array(await request.arrayBuffer());
      const type = request.headers.get('content-type') ?? '';

      const answer = await send(route, { ...sampleOf(route), body }, type);

      expect(answer).toMatchObject({ status: 415, problem: { code: 'request.form' } });
      checkProblem(route, answer.problem);
    });
  });
});
