import type { AppleControl } from '@winesap/testkit';
import fc from 'fast-check';

const upTo = (max: number) => fc.integer({ min: 0, max });

/** What happens at Apple: other servers change licenses, people buy, requests fail, notifications get lost. */
const atApple = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('churn' as const),
      change: fc.record({ assign: upTo(6), unassign: upTo(6), notify: fc.boolean() }),
    }),
  },
  fc.record({
    do: fc.constant('buy' as const),
    adamId: fc.constantFrom('361309726', '408709785'),
    quantity: fc.integer({ min: 1, max: 5 }),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      name: fc.constantFrom(
        'dropped-notification',
        'doubled-notification',
        'late-notification',
        'reordered-notifications',
      ),
      times: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      name: fc.constantFrom(
        'torn-pages',
        'shrinking-pages',
        'stale-version',
        'busy',
        'server-error',
        'reset-before-accept',
        'reset-after-accept',
        'empty-assets',
        'empty-assignments',
      ),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 1000, max: 900_000 }) }),
);
type AtApple = typeof atApple extends fc.Arbitrary<infer T> ? T : never;

/** Kills the server after that many milliseconds, lets things happen at Apple while it is down, and restarts it. */
const kill = fc.record({
  do: fc.constant('kill' as const),
  scanning: fc.boolean(),
  afterMs: upTo(900),
  meanwhile: fc.array(atApple, { maxLength: 2 }),
});

const trouble = fc.oneof(
  { weight: 3, arbitrary: atApple },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('scan' as const) }) },
  { weight: 2, arbitrary: kill },
);
export type Trouble = typeof trouble extends fc.Arbitrary<infer T> ? T : never;

/** What can be combined, with at least one kill in between. */
export const mixture: fc.Arbitrary<Trouble[]> = fc
  .tuple(fc.array(trouble, { minLength: 1, maxLength: 4 }), kill, fc.array(trouble, { maxLength: 3 }))
  .map(([before, death, after]) => [...before, death, ...after]);

export async function happenAtApple(apple: AppleControl, uId: string, one: AtApple): Promise<void> {
  switch (one.do) {
    case 'churn':
      return apple.churn(uId, one.change);
    case 'buy':
      return apple.buy(uId, { adamId: one.adamId, quantity: one.quantity });
    case 'fault':
      await apple.fault({ name: one.name, uId, times: one.times });
      return;
    case 'advance':
      return apple.advance(one.ms);
  }
}
