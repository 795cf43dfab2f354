import { routes } from '@winesap/api';
import { createStrictApi, refused } from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import { expect, test } from 'vitest';

withStack('embedded', (stack) => {
  test('when an owner sets a new password, existing keys stop working', async () => {
    const { owner, url } = stack();
    const victim = await stack().join('admin', 'Vic Victim');
    const { key } = await victim.api.call(routes.addKey, { body: { name: 'made by an intruder' } });
    const { id } = await victim.api.call(routes.getMe, {});

    await owner.api.call(routes.changePerson, { params: { personId: id }, body: { password: 'quite-another-one' } });

    const byKey = createStrictApi({ baseUrl: url, headers: { 'x-api-key': key } });
    expect((await refused(byKey.call(routes.getMe, {}))).code).toBe('request.not-signed-in');
    const { events } = await owner.api.call(routes.listEvents, { query: { receiverType: 'person' } });
    expect(events[0]?.text).toBe('Vic Victim has a new password; their sessions and API keys have ended.');
  });

  test('an owner can list and revoke all keys; an admin can revoke only their own', async () => {
    const { owner, url } = stack();
    const maker = await stack().join('admin', 'Kay Keymaker');
    const other = await stack().join('admin', 'Otto Other');
    const { id, key } = await maker.api.call(routes.addKey, { body: { name: 'nightly' } });

    const { keys } = await owner.api.call(routes.listAllKeys, {});
    const byOther = await refused(other.api.call(routes.removeKey, { params: { keyId: id } }));
    await owner.api.call(routes.removeKey, { params: { keyId: id } });

    expect(keys.find((one) => one.id === id)).toMatchObject({ name: 'nightly', person: { name: 'Kay Keymaker' } });
    expect(byOther).toMatchObject({ code: 'key.not-found', status: 404 });
    const byKey = createStrictApi({ baseUrl: url, headers: { 'x-api-key': key } });
    expect((await refused(byKey.call(routes.getMe, {}))).code).toBe('request.not-signed-in');
    const { events } = await owner.api.call(routes.listEvents, { query: { receiverType: 'person' } });
    expect(events[0]).toMatchObject({
      receiverName: 'Kay Keymaker',
      text: 'The API key “nightly” of Kay Keymaker was ended.',
      actor: owner.name,
    });
  });

  test('every key expires within ten years', async () => {
    const { api } = stack().owner;
    const { expiresAt } = await api.call(routes.addKey, { body: { name: 'without a word' } });

    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 364 * 86_400_000);
    expect(Date.parse(expiresAt)).toBeLessThan(Date.now() + 366 * 86_400_000);
    for (const wrong of ['2020-01-01T00:00:00Z', '2999-01-01T00:00:00Z']) {
      const problem = await refused(api.call(routes.addKey, { body: { name: 'for ever', expiresAt: wrong } }));
      expect(problem).toMatchObject({ code: 'request.invalid', status: 400 });
    }
  });
});
