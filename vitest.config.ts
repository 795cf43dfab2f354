import { defineConfig } from 'vitest/config';

/**
 * One project per kind of test, so that each can be run alone: `npx vitest run --project stories`. Five files run at
 * once, for most of a test is waiting: for Apple, for a browser, for a server that starts. Browsers and servers in processes
 * of their own come afterwards, three at once. The limits only end what hangs; what waits for a condition has a limit of its
 * own, which follows the machine (`until`).
 */
const QUICK = { maxWorkers: 5, sequence: { groupOrder: 0 } };
const HEAVY = { maxWorkers: 3, sequence: { groupOrder: 1 } };
const LIMITS = { testTimeout: 900_000, hookTimeout: 600_000, expect: { poll: { timeout: 60_000 } } };

export default defineConfig({
  test: {
    globalSetup: ['packages/testkit/src/database/postgres-setup.ts'],
    projects: [
      project('unit', QUICK, ['packages/*/test/**/*.test.ts', 'tests/architecture/**/*.test.ts']),
      project('api', QUICK, ['tests/api/**/*.test.ts']),
      project('stories', HEAVY, ['tests/stories/**/*.test.ts']),
      project('durability', HEAVY, ['tests/durability/**/*.test.ts', 'tests/secrets/**/*.test.ts']),
    ],
  },
});

// NOTE: files of a kind share their processes: the embedded engine is compiled once in each, not once in each file.
function project(name: string, share: typeof QUICK, include: string[]) {
  return { extends: true as const, test: { name, include, isolate: false, ...share, ...LIMITS } };
}
