import { defineConfig } from 'vitest/config';

/** One project per kind of test, so that each can be run alone: `npm run test:unit`, `test:stories`, … */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['packages/*/test/**/*.test.ts', 'tests/architecture/**/*.test.ts'], testTimeout: 30_000 } },
    ],
  },
});
