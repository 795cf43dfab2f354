import { readdirSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { startSimulator } from 'winesap-simulator';
import { startDemo } from '../src/demo/start-demo.ts';
import { temporaryFolder } from './support/winesap.ts';

afterEach(() => vi.unstubAllEnvs());

/** A simulator that tells whether it still runs, and may refuse to end. */
function watched(closing?: Error) {
  const seen = { url: '', closed: false };
  const start: typeof startSimulator = async (options) => {
    const simulator = await startSimulator(options);
    seen.url = simulator.url;
    return {
      ...simulator,
      close: async () => {
        await simulator.close();
        seen.closed = true;
        if (closing !== undefined) throw closing;
      },
    };
  };
  return { seen, start };
}

const noServer = async (): Promise<never> => {
  throw new Error('The server could not start.');
};

test('a demo whose server cannot start takes away what it has begun', async () => {
  using folder = temporaryFolder();
  vi.stubEnv('TMPDIR', folder.path);
  const { seen, start } = watched();

  await expect(startDemo(start, noServer)).rejects.toThrow('The server could not start.');

  expect(seen.closed).toBe(true);
  expect(readdirSync(folder.path)).toEqual([]);
});

test('what cannot be stopped keeps neither the folder nor the reason', async () => {
  using folder = temporaryFolder();
  vi.stubEnv('TMPDIR', folder.path);
  const { start } = watched(new Error('The simulator does not end.'));

  await expect(startDemo(start, noServer)).rejects.toThrow('The server could not start.');

  expect(readdirSync(folder.path)).toEqual([]);
});

test('a folder that was named stays', async () => {
  using folder = temporaryFolder();

  await expect(startDemo(watched().start, noServer, { keep: folder.path })).rejects.toThrow('could not start');

  expect(readdirSync(folder.path)).toEqual(['owner-password']);
});
