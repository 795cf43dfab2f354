import { expect, test } from 'vitest';
import type { Caller } from '../src/auth/caller.ts';
import { KeptAnswers } from '../src/http/kept/kept-answers.ts';
import { RememberedCallers } from '../src/http/kept/remembered-callers.ts';
import { Changes } from '../src/store/changes.ts';

const NOON = Date.parse('2026-11-30T12:00:00Z');
const forEver = () => null;

/** A clock that only moves when told to, and no changes yet. */
function world() {
  let nowMs = NOON;
  const changes = new Changes(async () => true);
  const now = () => new Date(nowMs);
  return {
    changes,
    kept: new KeptAnswers(changes, now),
    callers: new RememberedCallers(changes, now),
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

/** A query that counts its calls. */
function question(answers: unknown[] = []) {
  const asked = { times: 0 };
  return { asked, ask: async () => answers[asked.times++] ?? { asked: asked.times } };
}

test('a response is resent until anything changes', async () => {
  const { changes, kept } = world();
  const { ask } = question();

  const first = await kept.find('list', ask, forEver);
  const again = await kept.find('list', ask, forEver);
  changes.note('access');
  const still = await kept.find('list', ask, forEver);
  changes.note('answers');
  const changed = await kept.find('list', ask, forEver);

  expect([first, again, still, changed].map(({ body }) => String(body))).toEqual([
    '{"asked":1}',
    '{"asked":1}',
    '{"asked":1}',
    '{"asked":2}',
  ]);
});

test('another request has another response', async () => {
  const { kept } = world();
  const { asked, ask } = question();

  await kept.find('list of one', ask, forEver);
  await kept.find('list of another', ask, forEver);

  expect(asked.times).toBe(2);
});

test('identical simultaneous requests share one response, and those after a change do not', async () => {
  const { changes, kept } = world();
  const slow = Promise.withResolvers<string>();
  let times = 0;
  const ask = () => {
    times += 1;
    return times === 1 ? slow.promise : Promise.resolve('new');
  };

  const before = [kept.find('list', ask, forEver), kept.find('list', ask, forEver)];
  changes.note('answers');
  const after = kept.find('list', ask, forEver);
  slow.resolve('old');
  const late = kept.find('list', ask, forEver);

  const texts = (await Promise.all([...before, after, late])).map(({ body }) => String(body));
  expect(texts).toEqual(['"old"', '"old"', '"new"', '"new"']);
  expect(times).toBe(2);
});

test('a response that shows days is computed again when they change', async () => {
  const { kept, wait } = world();
  const { ask } = question();
  const untilOne = () => new Date(NOON + 3_600_000);

  await kept.find('list', ask, untilOne);
  wait(3_600_000);
  const inTime = await kept.find('list', ask, untilOne);
  wait(1);
  const late = await kept.find('list', ask, untilOne);

  expect([inTime, late].map(({ body }) => String(body))).toEqual(['{"asked":1}', '{"asked":2}']);
});

test('a failed request is repeated', async () => {
  const { kept } = world();

  await expect(kept.find('list', () => Promise.reject(new Error('away')), forEver)).rejects.toThrow('away');

  expect(String((await kept.find('list', async () => 'back', forEver)).body)).toBe('"back"');
});

test('cached responses take at most 32 MB together', async () => {
  const { kept } = world();
  const megabyte = 'x'.repeat(1024 * 1024);
  const asked = new Map<string, number>();
  const find = (key: string) =>
    kept.find(key, async () => megabyte.slice(0, asked.set(key, (asked.get(key) ?? 0) + 1) && -2), forEver);

  for (let n = 0; n < 31; n++) await find(`list ${n}`);
  await find('list 0');
  expect(asked.get('list 0')).toBe(1);
  for (let n = 31; n < 33; n++) await find(`list ${n}`);
  await find('list 0');

  expect(asked.get('list 0')).toBe(2);
});

test('the same response has the same ETag in every process', async () => {
  const [here, there] = [world(), world()];

  const marks = [
    await here.kept.find('list', async () => ({ a: 1 }), forEver),
    await there.kept.find('list', async () => ({ a: 1 }), forEver),
    await there.kept.find('other', async () => ({ a: 2 }), forEver),
  ].map(({ etag }) => etag);

  expect(marks[0]).toMatch(/^"[\w-]{43}"$/);
  expect(marks[1]).toBe(marks[0]);
  expect(marks[2]).not.toBe(marks[0]);
});

const caller = (expiresAt: Date | null = null): Caller => ({
  person: { id: 'p', name: 'Olive', email: 'olive@winesap.example', role: 'owner', createdAt: '' },
  credential: { kind: 'key', id: 'k', expiresAt },
});

test('a caller is looked up once, and again after any change of access', async () => {
  const { changes, callers } = world();
  const { asked, ask } = question([caller(), caller(), null]) as { asked: { times: number }; ask(): Promise<Caller> };

  await callers.find('key one', true, ask);
  await callers.find('key one', true, ask);
  changes.note('answers');
  await callers.find('key one', true, ask);
  expect(asked.times).toBe(1);

  changes.note('access');
  await callers.find('key one', true, ask);
  expect(asked.times).toBe(2);
});

test('a caller is looked up each time while it is unknown whether access has ended', async () => {
  const { callers } = world();
  await callers.find('key one', true, async () => caller());

  expect(await callers.find('key one', false, async () => null)).toBeNull();
});

test('a caller whose access ended during the lookup is not cached', async () => {
  const { changes, callers } = world();

  await callers.find('key one', true, async () => {
    changes.note('access');
    return caller();
  });

  expect(await callers.find('key one', true, async () => null)).toBeNull();
});

test('a caller is cached for half a minute, and not beyond the end of their key', async () => {
  const { callers, wait } = world();
  await callers.find('lasting', true, async () => caller());
  await callers.find('ending', true, async () => caller(new Date(NOON + 1_000)));

  wait(999);
  expect(await callers.find('ending', true, async () => null)).not.toBeNull();
  wait(1);
  expect(await callers.find('ending', true, async () => null)).toBeNull();
  wait(28_999);
  expect(await callers.find('lasting', true, async () => null)).not.toBeNull();
  wait(1);
  expect(await callers.find('lasting', true, async () => null)).toBeNull();
});

test('a stranger is looked up each time', async () => {
  const { callers } = world();
  await callers.find('key one', true, async () => null);

  expect(await callers.find('key one', true, async () => caller())).not.toBeNull();
});

test('a thousand callers are cached, and the oldest is dropped first', async () => {
  const { callers } = world();
  for (let n = 0; n <= 1_000; n++) await callers.find(`key ${n}`, true, async () => caller());

  expect(await callers.find('key 0', true, async () => null)).toBeNull();
  expect(await callers.find('key 1', true, async () => null)).not.toBeNull();
  expect(await callers.find('key 1000', true, async () => null)).not.toBeNull();
});
