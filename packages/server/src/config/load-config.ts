import type { z } from 'zod';
import { closestName } from './closest-name.ts';
import { type DatabaseTls, databaseTls } from './database-tls.ts';
import { COMMAND_LINE_NAMES, COMMAND_LINE_PREFIX, SETTINGS } from './settings.ts';

type Settings = typeof SETTINGS;

/** All settings, checked. A setting without a default and a value is `undefined`. */
export type Config = {
  readonly [K in keyof Settings]:
    | z.output<Settings[K]['schema']>
    | (Settings[K]['byDefault'] extends string ? never : undefined);
} & {
  /** How the connection to the database is protected; null for the embedded one. */
  readonly databaseTls: DatabaseTls | null;
};

/** Names all problems of the settings at once, without showing their values. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const PREFIX = 'WINESAP_';
const known: readonly string[] = [...Object.values(SETTINGS).map(({ name }) => name), ...COMMAND_LINE_NAMES];

/**
 * Reads the settings from the environment. An empty value counts as unset. Unknown names with our prefix are refused,
 * because a mistyped setting would otherwise be ignored silently.
 * Errors: `ConfigError`.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems = unknownNames(env);
  const entries = Object.entries(SETTINGS).map(([property, { name, schema, byDefault }]) => {
    const text = env[name]?.trim() || byDefault;
    if (text === undefined) return [property, undefined];
    const read = (schema as z.ZodType).safeParse(text);
    if (!read.success) problems.push(`${name} ${read.error.issues[0]?.message ?? 'cannot be read'}.`);
    return [property, read.data];
  });
  const settings = Object.fromEntries(entries) as Omit<Config, 'databaseTls'>;
  const { databaseUrl } = settings;
  const tls = databaseUrl === undefined ? null : databaseTls(databaseUrl.reveal(), env.PGSSLMODE);
  const config: Config = { ...settings, databaseTls: tls };
  problems.push(...contradictions(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function unknownNames(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name) && !name.startsWith(COMMAND_LINE_PREFIX))
    .map((name) => {
      const meant = closestName(name, known);
      return `${name} is no setting of Winesap.${meant ? ` Did you mean ${meant}?` : ''}`;
    });
}

function contradictions({ ownerEmail, ownerPasswordFile, work, databaseUrl }: Config): string[] {
  const problems: string[] = [];
  if ((ownerEmail === undefined) !== (ownerPasswordFile === undefined))
    problems.push(`${SETTINGS.ownerEmail.name} and ${SETTINGS.ownerPasswordFile.name} go together: set both or none.`);
  if (work === false && databaseUrl === undefined)
    problems.push(
      `${SETTINGS.work.name}=0 needs ${SETTINGS.databaseUrl.name}: on the embedded database nobody else can work.`,
    );
  return problems;
}

/** Reads the settings of a worker. Errors: `ConfigError`, also if there is no database to share. */
export function loadWorkerConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const config = loadConfig(env);
  if (config.databaseUrl !== undefined) return config;
  throw new ConfigError([
    `${SETTINGS.databaseUrl.name} is not set: a worker shares a PostgreSQL server with \`winesap serve\`. On the embedded database \`winesap serve\` works alone.`,
  ]);
}
