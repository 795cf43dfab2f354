import { afterAll, beforeAll, describe } from 'vitest';
import { type Engine, type Stack, type StackOptions, startStack } from './start-stack.ts';

/** Runs a suite over HTTP against a whole stack, once with the embedded database and once with a PostgreSQL server. */
export function forEachStack(suite: (stack: () => Stack, engine: Engine) => void, options: StackOptions = {}): void {
  describe.each(['embedded', 'postgres'] as const)('with the %s engine', (engine) => {
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
