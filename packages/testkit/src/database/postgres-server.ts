import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface PostgresServer {
  /**
   * Returns the address of one of its databases. It is reached through a socket in its own folder, not over the
   * network.
   */
  url(database: string): string;
  stop(): Promise<void>;
}

const BINARIES = '/usr/lib/postgresql';

/** The folder with `postgres`, `initdb` and `pg_dump`, newest version first. */
function findPostgresBinaries(): string {
  const versions = existsSync(BINARIES) ? readdirSync(BINARIES).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions
    .map((version) => join(BINARIES, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
  if (!found) throw new Error('There is no PostgreSQL here. scripts/ensure-machine.sh installs it.');
  return found;
}

/** Starts a temporary PostgreSQL. It is fast because it is not durable: fsync is off, and `stop` deletes it. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const bin = findPostgresBinaries();
  const folder = mkdtempSync(join(tmpdir(), 'winesap-postgres-'));
  const identity = unprivileged();
  if (identity) chownSync(folder, identity.uid, identity.gid);
  const data = join(folder, 'data');
  const options = { cwd: folder, ...identity };
  await succeed(
    spawn(
      join(bin, 'initdb'),
      ['--pgdata', data, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
      { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
    ),
  );
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];
  // The shell in between waits for the end of its input, which comes however this process ends, and then cleans up.
  const server = spawn('/bin/sh', ['-c', GUARD, bin, data, folder, ...settings.flatMap((setting) => ['-c', setting])], {
    ...options,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await ready(server);
  return {
    url: (database) => `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`,
    stop: async () => {
      server.stdin?.end();
      await ended;
    },
  };
}

const GUARD = `
bin=$0 data=$1 folder=$2
shift 2
"$bin/postgres" -D "$data" -k "$folder" -c listen_addresses= "$@" <&- &
read -r _
kill -QUIT $! && wait $!
cd / && rm -rf "$folder"
`;

/** PostgreSQL refuses to run as root, so another user is used then. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const fields = ['postgres:', 'nobody:']
    .map((name) => lines.find((line) => line.startsWith(name)))
    .find((line) => line)
    ?.split(':');
  if (!fields) throw new Error('There is no user postgres or nobody to run PostgreSQL as.');
  return { uid: Number(fields[2]), gid: Number(fields[3]) };
}

function succeed(child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${child.spawnfile}: ${said}`))));
  });
}

function ready(server: ChildProcess): Promise<void> {
  const { stderr } = server;
  if (!stderr) throw new Error('PostgreSQL was started without its log.');
  let said = '';
  return new Promise((resolve, reject) => {
    // Reading continues after the expected line, or the pipe would fill and block the server.
    createInterface(stderr).on('line', (line) => {
      said = `${said}${line}\n`.slice(-4000);
      if (line.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL ended: ${said}`)));
  });
}
