import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Api } from '@winesap/api';
import { refusal } from '../refusal.ts';
import type { Serve } from '../serve.ts';
import { type AppleControl, createAppleControl } from './apple-control.ts';
import { buildApple } from './build-apple.ts';
import { meetFate, settle } from './build-winesap.ts';
import { OWNER, ownerApi } from './owner.ts';
import { type ReadyFile, writeTokenFiles } from './token-files.ts';

export interface DemoOptions {
  /**
   * The server's port and log level are taken from it, and whether channels may reach private addresses, because a test
   * receiver is probably on this machine. Nothing of a real installation is used.
   */
  env?: Readonly<Record<string, string | undefined>>;
  /** 0, the default, means any free port. */
  applePort?: number;
  /** A new or empty folder that is kept; without it, the demo deletes its temporary folder. */
  keep?: string;
  onStep?: (text: string) => void;
  signal?: AbortSignal;
}

export interface Demo {
  url: string;
  /** The simulated portal, for people. */
  portalUrl: string;
  appleUrl: string;
  apple: AppleControl;
  api: Api;
  owner: typeof OWNER;
  /** The folder with the ready-made token files. */
  filesFolder: string;
  files: readonly ReadyFile[];
  apiKeyFile: string;
  folder: string;
  stop(): Promise<void>;
}

type StartSimulator = (options: { port: number }) => Promise<{ url: string; control: string; close(): Promise<void> }>;

/**
 * Starts a complete Winesap with a small world: the simulator of Apple, the server on its own embedded database, and
 * five organizations with tokens in five states. Resolves when Winesap itself shows those states.
 * Errors: usage.keep, and any failure of the server or the simulator; everything already started is stopped then.
 */
export async function startDemo(
  startSimulator: StartSimulator,
  serve: typeof Serve,
  { env = {}, applePort = 0, keep, onStep = () => {}, signal }: DemoOptions = {},
): Promise<Demo> {
  const undo: (() => Promise<unknown>)[] = [];
  // A part that fails to stop must not prevent the rest from being cleaned up, above all the folder.
  const stop = async () => {
    const failures: unknown[] = [];
    for (let last = undo.pop(); last !== undefined; last = undo.pop())
      await last().catch((failure: unknown) => failures.push(failure));
    if (failures.length > 0) throw failures[0];
  };
  try {
    const folder = keep === undefined ? await mkdtemp(join(tmpdir(), 'winesap-demo-')) : await emptyFolder(keep);
    if (keep === undefined) undo.push(() => rm(folder, { recursive: true, force: true }));
    onStep('Building Apple’s side …');
    const simulator = await startSimulator({ port: applePort });
    undo.push(() => simulator.close());
    const apple = createAppleControl(simulator.control, signal);
    const appleWorld = await buildApple(apple);

    onStep('Starting Winesap …');
    const passwordFile = join(folder, 'owner-password');
    await writeFile(passwordFile, `${OWNER.password}\n`, { mode: 0o600 });
    const winesap = await serve({
      env: {
        WINESAP_PORT: env.WINESAP_PORT,
        WINESAP_LOG_LEVEL: env.WINESAP_LOG_LEVEL ?? 'warn',
        WINESAP_ALLOW_PRIVATE_TARGETS: env.WINESAP_ALLOW_PRIVATE_TARGETS,
        // Its password is public, so it never listens on other interfaces.
        WINESAP_HOST: '127.0.0.1',
        WINESAP_DATA_DIR: join(folder, 'data'),
        WINESAP_APPLE_URL: simulator.url,
        WINESAP_OWNER_EMAIL: OWNER.email,
        WINESAP_OWNER_PASSWORD_FILE: passwordFile,
        WINESAP_DEMO: '1',
      },
    });
    undo.push(() => winesap.stop());
    const { api, key } = await ownerApi(winesap.url, signal);
    const apiKeyFile = join(folder, 'api-key');
    await writeFile(apiKeyFile, `${key}\n`, { mode: 0o600 });

    onStep('Adding five tokens …');
    const world = { api, apple, ...(signal && { signal }) };
    const tokens = [];
    let slowestMs = 0;
    for (const stage of appleWorld.stages) {
      signal?.throwIfAborted();
      const startedAt = Date.now();
      tokens.push({ stage, token: await settle(world, stage, Math.max(2_000, 5 * slowestMs)) });
      slowestMs = Math.max(slowestMs, Date.now() - startedAt);
    }
    onStep('Letting four of them get into trouble …');
    for (const { stage, token } of tokens) await meetFate(world, stage, token);
    const filesFolder = join(folder, 'files');
    const files = await writeTokenFiles(filesFolder, apple, appleWorld);
    return {
      url: winesap.url,
      portalUrl: `${simulator.control}/`,
      appleUrl: simulator.url,
      apple,
      api,
      owner: OWNER,
      filesFolder,
      files,
      apiKeyFile,
      folder,
      stop,
    };
  } catch (error) {
    // Why it could not start matters more than why it could not stop.
    await stop().catch(() => {});
    throw error;
  }
}

async function emptyFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if ((await readdir(path)).length === 0) return resolve(path);
  throw refusal(
    'usage.keep',
    `${path} is not empty.`,
    'The demo makes a new world each time; name a folder that is new or empty.',
  );
}
