import { afterAll, beforeAll, describe } from 'vitest';
import { type Engine, type Stack, type StackOptions, startStack } from './start-stack.ts';

type Suite = (stack: () => Stack, engine: Engine) => void;

/**
 * Runs a suite over HTTP against a whole stack, once with the embedded database and once with a PostgreSQL server: where the
 * engine matters, that is for what locks, streams, or counts. That every route works on both is proven once, in
 * tests/api/every-route.test.ts, and the statements of the store in packages/server/test.
 */
export function forEachStack(suite: Suite, options: StackOptions = {}): void {
  for (const engine of ['embedded', 'postgres'] as const) withStack(engine, suite, options);
}

/** Runs a suite over HTTP against a whole stack with one engine: where only HTTP or what Apple does is the point. */
export function withStack(engine: Engine, suite: Suite, options: StackOptions = {}): void {
  describe(`with the ${engine} engine`, () => {
    let running: Stack | undefined;

    beforeAll(async () => {
      running = await startStack({ ...options, engine });
    });
    afterAll(() => running?.stop());

    suite(() => {
      if (running === undefined) throw new Error('The stack runs only while tests do.');
      return running;
    }, engine);
  });
}
