import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type AppleControl, createAppleControl, OWNER, type Session, signIn } from '@winesap/testkit';
import { createTestDatabase } from '@winesap/testkit/postgres';
import { end, processorSeconds, SIMULATOR, start, WINESAP } from './program.ts';

const WATCH_LOOP = fileURLToPath(new URL('watch-loop.ts', import.meta.url));

export type Engine = 'embedded' | 'postgres';

/** Simulator and server, each a process of its own, and what can be seen of the server from outside. */
export interface MeasuredServer {
  apple: AppleControl;
  appleUrl: string;
  owner: Session;
  megabytes(what: 'VmRSS' | 'VmHWM'): number;
  /** How long the event loop stood since the last look. */
  loop(): Promise<{ p99: number; max: number }>;
  /** Seconds of processor time so far, all threads. */
  processorSeconds(): number;
  stop(): Promise<void>;
}

export async function startMeasured(engine: Engine, limits: 'kept' | 'none'): Promise<MeasuredServer> {
  const folder = mkdtempSync(join(tmpdir(), 'winesap-scan-'));
  const database = engine === 'postgres' ? await createTestDatabase() : null;
  const simulator = await start([SIMULATOR, '--port', '0']);
  const { url: appleUrl, control } = JSON.parse(simulator.line);
  writeFileSync(join(folder, 'password'), OWNER.password);
  const loopFile = join(folder, 'loop');
  const env = {
    WINESAP_PORT: '0',
    WINESAP_DATA_DIR: join(folder, 'data'),
    WINESAP_APPLE_URL: appleUrl,
    WINESAP_LOG_LEVEL: 'silent',
    WINESAP_OWNER_EMAIL: OWNER.email,
    WINESAP_OWNER_PASSWORD_FILE: join(folder, 'password'),
    ...(database && { WINESAP_DATABASE_URL: database.url }),
  };
  // The first start makes the database, which takes memory that later starts do not.
  await end((await start([WINESAP, 'serve'], env)).child);
  const { child, line } = await start(['--import', WATCH_LOOP, WINESAP, 'serve'], {
    ...env,
    BENCH_LOOP_FILE: loopFile,
    ...(limits === 'none' && { BENCH_NO_LIMITS: '1' }),
  });
  return {
    apple: createAppleControl(control),
    appleUrl,
    owner: await signIn(line.split(' ').at(-1) ?? '', OWNER),
    megabytes: (what) =>
      Math.round(
        Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
      ),
    async loop() {
      rmSync(loopFile, { force: true });
      child.kill('SIGUSR2');
      while (!existsSync(loopFile) || readFileSync(loopFile, 'utf8') === '') await pause(10);
      return JSON.parse(readFileSync(loopFile, 'utf8'));
    },
    processorSeconds: () => processorSeconds(child),
    async stop() {
      await end(child);
      await end(simulator.child);
      await database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
