import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { type NotificationHealth, routes } from '@winesap/api';
import {
  addOrganization,
  bytesOf,
  createAppleControl,
  inspect,
  OWNER,
  type Session,
  signIn,
  until,
} from '@winesap/testkit';
import { createTestDatabase } from '@winesap/testkit/postgres';
import { end, SIMULATOR, start, WINESAP } from './parts/program.ts';

/**
 * How many of Apple's notifications one process takes in: answered only when they are on the disk. Sent by many at once,
 * who share transactions, and by one alone, who has a transaction for each; then how long it takes until all are worked
 * on. Simulator, server and sender are processes of their own. PostgreSQL is the one of the tests, which does not wait
 * for the disk. `node bench/notifications.ts [notifications]`; a table on standard output, JSON under bench/results.
 */
const RESULTS = fileURLToPath(new URL('results/', import.meta.url));
const SENDERS = 200;
const ALONE = 300;
/** Licenses named in one notification; Apple names 100 at most. */
const NAMED = 5;

interface Result {
  engine: 'embedded' | 'postgres';
  notifications: number;
  perSecond: number;
  msMedian: number;
  ms99th: number;
  alonePerSecond: number;
  timesAlone: number;
  processedPerSecond: number;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function measure(engine: Result['engine'], notifications: number): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'winesap-notifications-'));
  const database = engine === 'postgres' ? await createTestDatabase() : null;
  const simulator = await start([SIMULATOR, '--port', '0', '--no-rate-limit']);
  const { url: appleUrl, control } = JSON.parse(simulator.line);
  const apple = createAppleControl(control);
  writeFileSync(join(folder, 'password'), OWNER.password);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await start([WINESAP, 'serve'], {
    WINESAP_PORT: String(port),
    WINESAP_PUBLIC_URL: url,
    WINESAP_NOTIFICATIONS_PER_SECOND: '100000',
    WINESAP_DATA_DIR: join(folder, 'data'),
    WINESAP_APPLE_URL: appleUrl,
    WINESAP_LOG_LEVEL: 'silent',
    WINESAP_OWNER_EMAIL: OWNER.email,
    WINESAP_OWNER_PASSWORD_FILE: join(folder, 'password'),
    ...(database && { WINESAP_DATABASE_URL: database.url }),
  });
  try {
    const owner = await signIn(url, OWNER);
    const location = await apple.addLocation({ orgName: 'Orchard', locationName: 'Barn' });
    await apple.fill(location.uId, { assets: 20, devices: 500, assignmentsPerDevice: 10 });
    const file = await apple.tokenFile(location.uId);
    const tokenId = await manage(owner, file);
    await until(
      'Apple to notify',
      () => health(owner, tokenId),
      ({ state }) => state === 'set',
    );
    const config = await fetch(`${appleUrl}/mdm/v2/client/config`, { headers: { authorization: `Bearer ${file}` } });
    const { notificationUrl, notificationAuthToken } = (await config.json()) as Record<string, string>;
    const state = await apple.state(location.uId);
    const adamIds = state.assets.map(({ adamId }) => String(adamId));
    const send = sender(notificationUrl ?? '', notificationAuthToken ?? '', location.uId, adamIds);

    const alone = await sendAll(send, ALONE, 1);
    await quiet(owner, tokenId);
    const began = performance.now();
    const together = await sendAll(send, notifications, SENDERS);
    await quiet(owner, tokenId);
    const processedSeconds = (performance.now() - began) / 1000;

    return {
      engine,
      notifications,
      perSecond: together.perSecond,
      msMedian: together.ms[Math.floor(together.ms.length / 2)] ?? 0,
      ms99th: together.ms[Math.floor(together.ms.length * 0.99)] ?? 0,
      alonePerSecond: alone.perSecond,
      timesAlone: together.perSecond / alone.perSecond,
      processedPerSecond: notifications / processedSeconds,
    };
  } finally {
    await end(server.child);
    await end(simulator.child);
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function manage({ api }: Session, file: string): Promise<string> {
  const { policyId } = await addOrganization(api);
  const { file: shown } = await inspect(api, file);
  const { token } = await api.call(routes.addToken, {
    params: { policyId },
    query: { mode: 'manage', fingerprint: shown.fingerprint },
    body: bytesOf(file),
  });
  return token.tokenId;
}

const health = ({ api }: Session, tokenId: string): Promise<NotificationHealth> =>
  api.call(routes.getNotificationHealth, { params: { tokenId } });

const quiet = (owner: Session, tokenId: string) =>
  until(
    'all to be worked on',
    () => health(owner, tokenId),
    ({ waiting }) => waiting === 0,
    { withinMs: 600_000 },
  );

/** Sends a notification of licenses that other devices got; gives the status. */
function sender(
  url: string,
  secret: string,
  uId: string,
  adamIds: readonly string[],
): (number: number) => Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
  return (number) => {
    const assignments = Array.from({ length: NAMED }, (_, at) => ({
      adamId: adamIds[number % adamIds.length],
      pricingParam: 'STDQ',
      serialNumber: `BENCH${number}X${at}`,
    }));
    const notification = { type: 'ASSOCIATE', result: 'SUCCESS', eventId: randomUUID(), assignments };
    const body = JSON.stringify({
      notificationId: randomUUID(),
      notificationType: 'ASSET_MANAGEMENT',
      uId,
      notification,
    });
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      };
      const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  };
}

let next = 0;

async function sendAll(send: (number: number) => Promise<number>, notifications: number, senders: number) {
  const ms: number[] = [];
  const last = next + notifications;
  const began = performance.now();
  const one = async () => {
    while (next < last) {
      const number = next++;
      const sent = performance.now();
      const status = await send(number);
      if (status !== 200) throw new Error(`A notification was answered with ${status}.`);
      ms.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: senders }, one));
  const seconds = (performance.now() - began) / 1000;
  return { perSecond: notifications / seconds, ms: ms.toSorted((a, b) => a - b) };
}

const [asked = 10_000] = process.argv.slice(2).map(Number);
const results: Result[] = [];
process.stdout.write('  engine    notifications  accepted  median    99th     alone  ratio  worked on\n');
for (const engine of ['embedded', 'postgres'] as const) {
  const one = await measure(engine, asked);
  results.push(one);
  const cells = [
    one.engine.padEnd(8),
    one.notifications.toLocaleString('en-US').padStart(14),
    `${one.perSecond.toFixed(0)}/s`.padStart(9),
    `${one.msMedian.toFixed(0)} ms`.padStart(7),
    `${one.ms99th.toFixed(0)} ms`.padStart(7),
    `${one.alonePerSecond.toFixed(0)}/s`.padStart(9),
    one.timesAlone.toFixed(1).padStart(6),
    `${one.processedPerSecond.toFixed(0)}/s`.padStart(10),
  ];
  process.stdout.write(`  ${cells.join(' ')}\n`);
}
mkdirSync(RESULTS, { recursive: true });
writeFileSync(join(RESULTS, 'notifications.json'), `${JSON.stringify(results, null, 2)}\n`);
// The test's PostgreSQL, where one was started, ends with this process.
process.exit();
