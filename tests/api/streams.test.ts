import { createApi, routes } from '@winesap/api';
import { addOrganization, createStrictApi, refused, type Session, signIn } from '@winesap/testkit';
import { forEachStack } from '@winesap/testkit/for-each-stack';
import { afterEach, describe, expect, test } from 'vitest';

/** A stream as it arrives over the network. */
interface Stream {
  status: number;
  retryAfter: string | null;
  /** Resolves with everything that arrived when the server ends the stream. */
  ended: Promise<string>;
  close(): void;
}

forEachStack((stack) => {
  let opened: Stream[] = [];

  afterEach(() => {
    for (const { close } of opened) close();
    opened = [];
  });

  /** Opens a stream and waits for its first message. */
  async function watch(headers: Record<string, string>): Promise<Stream> {
    const gone = new AbortController();
    const response = await fetch(`${stack().url}/api/stream`, { headers, signal: gone.signal });
    const reader = response.body?.getReader();
    const first = new TextDecoder().decode((await reader?.read())?.value);
    const rest = async () => {
      let text = first;
      for (;;) {
        const part = await reader?.read();
        if (part?.value === undefined) return text;
        text += new TextDecoder().decode(part.value);
      }
    };
    const ended = response.ok ? rest() : Promise.resolve(first);
    ended.catch(() => undefined);
    const stream = {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      ended,
      close: () => gone.abort(),
    };
    opened.push(stream);
    return stream;
  }

  async function keyOf(session: Session): Promise<{ id: string; key: string }> {
    return session.api.call(routes.addKey, { body: { name: 'watches' } });
  }

  const idOf = async (session: Session) => (await session.api.call(routes.getMe, {})).id;

  describe('a stream ends', () => {
    test('when its person signs out, and a stream of another session stays', async () => {
      const person = await stack().join('viewer', 'Sid Signsout');
      const other = await signIn(stack().url, person);
      const ours = await watch({ cookie: person.cookie });
      const theirs = await watch({ cookie: other.cookie });

      const headers = { origin: stack().url, cookie: person.cookie };
      await createApi({ baseUrl: stack().url, headers }).call(routes.signOut, { body: {} });

      await ours.ended;
      const { organizationId } = await addOrganization(stack().owner.api);
      await removed(other);
      expect(await theirs.ended).toContain(organizationId);
    });

    test('when its key is revoked', async () => {
      const { id, key } = await keyOf(stack().owner);
      const stream = await watch({ 'x-api-key': key });

      await stack().owner.api.call(routes.removeKey, { params: { keyId: id } });

      await stream.ended;
    });

    test('when an owner sets a new password, by cookie and by key', async () => {
      const person = await stack().join('admin', 'Pat Password');
      const { key } = await keyOf(person);
      const streams = [await watch({ cookie: person.cookie }), await watch({ 'x-api-key': key })];

      const params = { personId: await idOf(person) };
      await stack().owner.api.call(routes.changePerson, { params, body: { password: 'quite-another-one' } });

      for (const { ended } of streams) await ended;
    });

    test('when its person is removed, by cookie and by key', async () => {
      const person = await stack().join('viewer', 'Rae Removed');
      const { key } = await keyOf(person);
      const streams = [await watch({ cookie: person.cookie }), await watch({ 'x-api-key': key })];

      await removed(person);

      for (const { ended } of streams) await ended;
    });
  });

  async function removed(person: Session): Promise<void> {
    await stack().owner.api.call(routes.removePerson, { params: { personId: await idOf(person) } });
  }

  test('one person can open 30 streams, with any keys, without affecting others', async () => {
    const person = await stack().join('viewer', 'Otis Opener');
    const { key } = await keyOf(person);
    const streams = [];
    for (let n = 0; n < 30; n++) streams.push(await watch(n % 2 ? { cookie: person.cookie } : { 'x-api-key': key }));

    const oneMore = await watch({ 'x-api-key': key });
    const ofAnother = await watch({ cookie: stack().owner.cookie });
    const problem = await refused(
      createStrictApi({ baseUrl: stack().url, headers: { 'x-api-key': key } }).open(routes.stream, {}),
    );

    expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
    expect(oneMore).toMatchObject({ status: 429, retryAfter: '30' });
    expect(problem.code).toBe('stream.too-many');
    expect(ofAnother.status).toBe(200);
    await removed(person);
    for (const { ended } of streams) await ended;
  });

  test('a stream carries IDs and numbers, but no text', async () => {
    const { api } = stack().owner;
    const person = await stack().join('viewer', 'Wes Watcher');
    const stream = await watch({ cookie: person.cookie });
    const { organizationId } = await addOrganization(api);
    const params = { organizationId };
    await api.call(routes.renameOrganization, { params, body: { name: `Overheard ${organizationId}` } });
    const { events } = await api.call(routes.listEvents, { query: { organizationId } });

    await removed(person);

    const heard = await stream.ended;
    for (const { id } of events) expect(heard).toContain(`"eventId":"${id}"`);
    expect(heard).not.toContain('Overheard');
    expect(heard).not.toContain(events[0]?.text);
  });
});
