import { defineConfig } from 'vitest/config';

/**
 * One project per kind of test, so that each can be run alone: `npx vitest run --project stories`. All of them run at once,
 * for most of a test is waiting: for Apple, for a browser, for a server that starts. The limits only end what hangs;
 * what waits for a condition has a limit of its own, which follows the machine (`until`).
 */
const LIMITS = { testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    globalSetup: ['packages/testkit/src/database/postgres-setup.ts'],
    maxWorkers: 3,
    projects: [
      project('unit', ['packages/*/test/**/*.test.ts', 'tests/architecture/**/*.test.ts']),
      project('api', ['tests/api/**/*.test.ts']),
      project('stories', ['tests/stories/**/*.test.ts']),
      project('durability', ['tests/durability/**/*.test.ts', 'tests/secrets/**/*.test.ts']),
    ],
  },
});

// NOTE: files of a kind share their processes: the embedded engine is compiled once in each, not once in each file.
function project(name: string, include: string[]) {
  return { extends: true as const, test: { name, include, isolate: false, ...LIMITS } };
}
