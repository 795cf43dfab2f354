import { readdirSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { startSimulator } from 'winesap-simulator';
import { startDemo } from '../src/demo/start-demo.ts';
import { temporaryFolder } from './support/winesap.ts';

afterEach(() => vi.unstubAllEnvs());

/** A simulator that reports whether it still runs, and may fail to stop. */
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

test('a demo whose server cannot start removes what it has created', async () => {
  using folder = temporaryFolder();
  vi.stubEnv('TMPDIR', folder.path);
  const { seen, start } = watched();

  await expect(startDemo(start, noServer)).rejects.toThrow('The server could not start.');

  expect(seen.closed).toBe(true);
  expect(readdirSync(folder.path)).toEqual([]);
});

test('a part that fails to stop keeps neither the folder nor hides the reason', async () => {
  using folder = temporaryFolder();
  vi.stubEnv('TMPDIR', folder.path);
  const { start } = watched(new Error('The simulator does not end.'));

  await expect(startDemo(start, noServer)).rejects.toThrow('The server could not start.');

  expect(readdirSync(folder.path)).toEqual([]);
});

test('a demo takes its port and log level from the settings, and nothing of a real Winesap', async () => {
  using folder = temporaryFolder();
  vi.stubEnv('TMPDIR', folder.path);
  let given: Record<string, string | undefined> = {};
  const serve: Parameters<typeof startDemo>[1] = async (options) => {
    given = { ...options?.env };
    throw new Error('Seen.');
  };
  const asked = { WINESAP_PORT: '0', WINESAP_LOG_LEVEL: 'debug', WINESAP_ALLOW_PRIVATE_TARGETS: '1' };
  const real = { WINESAP_DATABASE_URL: 'postgres://real', WINESAP_DATA_DIR: '/real', WINESAP_HOST: '0.0.0.0' };

  await expect(startDemo(watched().start, serve, { env: { ...asked, ...real } })).rejects.toThrow('Seen.');

  expect(given).toMatchObject(asked);
  expect(given).toMatchObject({ WINESAP_HOST: '127.0.0.1', WINESAP_DATA_DIR: expect.stringContaining(folder.path) });
  expect(given.WINESAP_DATABASE_URL).toBeUndefined();
});

test('a named folder is kept', async () => {
  using folder = temporaryFolder();

  await expect(startDemo(watched().start, noServer, { keep: folder.path })).rejects.toThrow('could not start');

  expect(readdirSync(folder.path)).toEqual(['owner-password']);
});
