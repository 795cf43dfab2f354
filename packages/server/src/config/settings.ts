import { isIP } from 'node:net';
import { z } from 'zod';
import { Secret } from './secret.ts';

const Port = wholeNumber(0, 65_535);
const HttpUrl = z
  .url({ protocol: /^https?$/, error: 'has to be an address like https://winesap.example' })
  .refine(hasNoPassword, 'must not contain a user name or password')
  .transform((url) => url.replace(/\/+$/, ''));
const DatabaseUrl = z
  .url({ protocol: /^postgres(ql)?$/, error: 'has to be an address like postgresql://user@host/database' })
  .transform((url) => new Secret(url));

/** Addresses and ranges: `127.0.0.1, 10.0.0.0/8, fd00::/8`. */
const AddressRanges = listOf(isAddressRange, 'has to be addresses like 127.0.0.1 or 10.0.0.0/8, with commas between');

/** Names as in a Host header, without a port. */
const HostNames = listOf(
  (name) => /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(name),
  'has to be host names like winesap.internal, with commas between',
);

function listOf(isGood: (item: string) => boolean, error: string) {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    )
    .refine((items) => items.every(isGood), error);
}

function isAddressRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

function wholeNumber(from: number, to: number) {
  const error = `has to be a whole number from ${from} to ${to}`;
  return z.string().regex(/^\d+$/, error).transform(Number).pipe(z.number().int().min(from, error).max(to, error));
}

function hasNoPassword(text: string): boolean {
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

/** Every setting: its environment variable, its allowed values, its default, and its meaning. */
export const SETTINGS = {
  port: setting(
    'WINESAP_PORT',
    Port,
    '8470',
    'Where the console and the API listen; 0 takes any free port and prints it.',
  ),
  host: setting('WINESAP_HOST', z.string(), '127.0.0.1', 'The address of this machine to listen on; 0.0.0.0 for all.'),
  dataDir: setting(
    'WINESAP_DATA_DIR',
    z.string(),
    './data',
    'The folder of the embedded database and of the key files.',
  ),
  databaseUrl: setting(
    'WINESAP_DATABASE_URL',
    DatabaseUrl,
    undefined,
    'A PostgreSQL server, instead of the embedded database; over a network with ?sslmode=verify-full.',
  ),
  publicUrl: setting(
    'WINESAP_PUBLIC_URL',
    HttpUrl,
    undefined,
    'The address people and Apple reach this Winesap at, if it stands behind a proxy.',
  ),
  trustedProxies: setting(
    'WINESAP_TRUSTED_PROXIES',
    AddressRanges,
    undefined,
    'Reverse proxies whose X-Forwarded-For and X-Forwarded-Proto count: addresses or ranges, with commas between.',
  ),
  allowedHosts: setting(
    'WINESAP_ALLOWED_HOSTS',
    HostNames,
    undefined,
    'Names this Winesap is reached under besides localhost and that of the public address, with commas between.',
  ),
  requestSeconds: setting(
    'WINESAP_REQUEST_SECONDS',
    wholeNumber(1, 3600),
    '30',
    'Seconds in which a request has to arrive, its body included.',
  ),
  stopSeconds: setting(
    'WINESAP_STOP_SECONDS',
    wholeNumber(0, 3600),
    '15',
    'Seconds that answers under way may take when Winesap stops; what takes longer is cut.',
  ),
  appleUrl: setting(
    'WINESAP_APPLE_URL',
    HttpUrl,
    'https://vpp.itunes.apple.com',
    'Apple’s service, or a simulator of it.',
  ),
  appleTimeoutMs: setting(
    'WINESAP_APPLE_TIMEOUT_MS',
    wholeNumber(100, 600_000),
    '30000',
    'Milliseconds to wait for one answer from Apple.',
  ),
  sealKey: setting(
    'WINESAP_SEAL_KEY',
    z.string().transform((key) => new Secret(key)),
    undefined,
    'The key that seals content tokens: 32 random bytes in Base64; several with commas between, the newest first.',
  ),
  sealKeyFile: setting(
    'WINESAP_SEAL_KEY_FILE',
    z.string(),
    undefined,
    'A file with such keys. Without either, `seal-keys.json` in the data folder, made at first start.',
  ),
  ownerEmail: setting(
    'WINESAP_OWNER_EMAIL',
    z.email('has to be a mail address'),
    undefined,
    'Makes the first owner at first start, without the page.',
  ),
  ownerPasswordFile: setting(
    'WINESAP_OWNER_PASSWORD_FILE',
    z.string(),
    undefined,
    'The file with the first owner’s password.',
  ),
  logLevel: setting(
    'WINESAP_LOG_LEVEL',
    z.enum(['error', 'warn', 'info', 'debug', 'silent'], { error: 'has to be error, warn, info, debug or silent' }),
    'info',
    'What is worth a log line: error, warn, info, debug or silent.',
  ),
  eventDays: setting('WINESAP_EVENT_DAYS', wholeNumber(1, 3650), '90', 'Days that events are kept.'),
  checkMinutes: setting(
    'WINESAP_CHECK_MINUTES',
    wholeNumber(1, 10_080),
    '60',
    'Minutes between two checks of a token.',
  ),
  unknownHours: setting(
    'WINESAP_UNKNOWN_HOURS',
    wholeNumber(1, 8760),
    '24',
    'Hours without a definite answer of Apple after which a token is unknown: the check itself is failing.',
  ),
  notifications: setting(
    'WINESAP_NOTIFICATIONS',
    z.enum(['on', 'off'], { error: 'has to be on or off' }).transform((word) => word === 'on'),
    'on',
    'Has Apple notify managed locations’ changes to WINESAP_PUBLIC_URL, where that is an https address.',
  ),
  notificationsPerSecond: setting(
    'WINESAP_NOTIFICATIONS_PER_SECOND',
    wholeNumber(2, 100_000),
    '3000',
    'Notifications of Apple that one process takes in a second, short bursts apart; one location may use half of it.',
  ),
  notificationDays: setting(
    'WINESAP_NOTIFICATION_DAYS',
    wholeNumber(1, 3650),
    '14',
    'Days that processed notifications are kept.',
  ),
  notificationSecretDays: setting(
    'WINESAP_NOTIFICATION_SECRET_DAYS',
    wholeNumber(1, 3650),
    '180',
    'Days after which the secret of a location’s notifications is changed.',
  ),
  scanHours: setting(
    'WINESAP_SCAN_HOURS',
    wholeNumber(1, 168),
    '24',
    'Hours between two scans of a location at most; where things change it is read up to eight times as often.',
  ),
  confirmSeconds: setting(
    'WINESAP_CONFIRM_SECONDS',
    wholeNumber(1, 3600),
    '120',
    'Seconds between two readings that have to agree before something that Apple left out counts as gone.',
  ),
  work: setting(
    'WINESAP_WORK',
    z
      .enum(['0', '1', 'true', 'false'], { error: 'has to be 1 or 0' })
      .transform((flag) => flag === '1' || flag === 'true'),
    '1',
    'Whether `winesap serve` also scans, checks and sends; 0 leaves that to `winesap worker` on the same PostgreSQL.',
  ),
  workerPort: setting(
    'WINESAP_WORKER_PORT',
    Port,
    '0',
    'Where `winesap worker` answers /api/status and /metrics; 0 takes any free port and prints it.',
  ),
  metrics: setting(
    'WINESAP_METRICS',
    z.enum(['key', 'open', 'off'], { error: 'has to be key, open or off' }),
    'key',
    'Who may read /metrics: key asks for an API key or a signed-in person, open asks for nothing, off hides it.',
  ),
  metricsAssets: setting(
    'WINESAP_METRICS_ASSETS',
    wholeNumber(0, 10_000),
    '0',
    'How many assets, those with the fewest licenses left, /metrics shows one by one; 0 shows sums per location only.',
  ),
  allowPrivateTargets: setting(
    'WINESAP_ALLOW_PRIVATE_TARGETS',
    z
      .enum(['0', '1', 'true', 'false'], { error: 'has to be 1 or 0' })
      .transform((flag) => flag === '1' || flag === 'true'),
    '0',
    'Lets channels reach private, loopback, link-local, and other special addresses.',
  ),
  demo: setting(
    'WINESAP_DEMO',
    z
      .enum(['0', '1', 'true', 'false'], { error: 'has to be 1 or 0' })
      .transform((flag) => flag === '1' || flag === 'true'),
    '0',
    'Marks this Winesap as a demonstration on its pages.',
  ),
} as const;

interface Setting<T extends z.ZodType<unknown, string>, D extends string | undefined> {
  name: string;
  schema: T;
  /** In the spelling of the environment. */
  byDefault: D;
  means: string;
}

function setting<T extends z.ZodType<unknown, string>, D extends string | undefined>(
  name: string,
  schema: T,
  byDefault: D,
  means: string,
): Setting<T, D> {
  return { name, schema, byDefault, means };
}

/** Names with our prefix that belong to the command line, not to the server. */
export const COMMAND_LINE_NAMES = ['WINESAP_API_KEY', 'WINESAP_URL', 'WINESAP_DEBUG'] as const;
export const COMMAND_LINE_PREFIX = 'WINESAP_DEMO_';
