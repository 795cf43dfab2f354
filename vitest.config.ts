import { defineConfig } from 'vitest/config';

const database = { globalSetup: ['packages/testkit/src/database/postgres-setup.ts'] };

/**
 * One project per kind of test, so that each can be run alone: `npx vitest run --project stories`. They run one kind after
 * the other: a browser or a server that is killed twenty times wants the machine for itself.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          include: ['packages/*/test/**/*.test.ts', 'tests/architecture/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 120_000,
          ...database,
        },
      },
      {
        test: {
          name: 'api',
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          include: ['tests/api/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          ...database,
        },
      },
      {
        test: {
          name: 'stories',
          sequence: { groupOrder: 2 },
          include: ['tests/stories/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'durability',
          sequence: { groupOrder: 3 },
          include: ['tests/durability/**/*.test.ts', 'tests/secrets/**/*.test.ts'],
          testTimeout: 420_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          ...database,
        },
      },
    ],
  },
});
