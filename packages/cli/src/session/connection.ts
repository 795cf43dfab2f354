import { readFile } from 'node:fs/promises';
import { type Api, ApiProblem, createApi } from '@winesap/api';
import type { Context } from '../context.ts';
import { pauseFor } from '../pause.ts';
import { refusal } from '../refusal.ts';
import { DEFAULT_URL } from './global-flags.ts';
import { storedKey } from './stored-keys.ts';

export interface ConnectionOptions {
  url?: string;
  apiKeyFile?: string;
}

/** How long a response may take. Longer than the server waits for Apple, so that the server's own error arrives. */
const ANSWER_WITHIN_MS = 150_000;

/** Returns Winesap's address, from `--url`, else `WINESAP_URL`, else this machine. Errors: usage.url. */
export function urlOfWinesap(options: ConnectionOptions, env: Context['env']): string {
  const text = options.url ?? (env.WINESAP_URL || DEFAULT_URL);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '')
    throw refusal(
      'usage.url',
      `“${text}” is not the address of a Winesap server.`,
      `Write it like ${DEFAULT_URL}, with --url or in WINESAP_URL.`,
    );
  return text.replace(/\/+$/, '');
}

/**
 * Creates a client of the server with this person's key, from `--api-key-file`, else `WINESAP_API_KEY`, else what
 * `winesap login` stored for that address. A key is never an argument, because arguments show in the process list.
 * Without any key, the server itself answers that one is needed. Errors: usage.api-key-file, usage.api-key.
 */
export async function connect(
  context: Context,
  options: ConnectionOptions,
): Promise<{ api: Api; url: string; streaming: Api }> {
  const url = urlOfWinesap(options, context.env);
  const key = await readKey(context.env, options, url);
  if (key !== null && isOpenRoad(url))
    context.terminal.err(
      context.terminal.errStyle.amber(`Warning: the API key travels to ${url} unencrypted. Use https.`),
    );
  const headers = { 'user-agent': 'winesap-cli', ...(key === null ? {} : { 'x-api-key': key }) };
  return {
    url,
    api: guarded(createApi({ baseUrl: url, headers, fetch: fetchWithin(ANSWER_WITHIN_MS) })),
    streaming: guarded(createApi({ baseUrl: url, headers, fetch: fetchWithin(null) })),
  };
}

/** Retries for this long while there is no answer: a restart of the server does not end a scan. */
export async function patiently<T>(context: Context, withinMs: number, ask: () => Promise<T>): Promise<T> {
  const until = context.now().getTime() + withinMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const away = error instanceof ApiProblem && /^api\.(unreachable|unreadable)$/.test(error.problem.code);
      if (!away || context.now().getTime() > until) throw error;
      await pauseFor(1_000, context.signal);
    }
  }
}

async function readKey(env: Context['env'], options: ConnectionOptions, url: string): Promise<string | null> {
  if (options.apiKeyFile !== undefined) {
    const text = await readFile(options.apiKeyFile, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      throw refusal(
        'usage.api-key-file',
        `The API key file ${options.apiKeyFile} cannot be read (${cause.code ?? cause.message}).`,
        'Give the path of a file that holds the key and nothing else.',
      );
    });
    return checkedKey(text.trim(), `The file ${options.apiKeyFile}`);
  }
  if (env.WINESAP_API_KEY) return checkedKey(env.WINESAP_API_KEY.trim(), 'WINESAP_API_KEY');
  return (await storedKey(env, url))?.key ?? null;
}

function checkedKey(key: string, where: string): string {
  // A key that a header can't carry would cause an error that quotes it.
  if (/^[\x21-\x7e]{8,512}$/.test(key)) return key;
  throw refusal(
    'usage.api-key',
    `${where} does not hold an API key.`,
    'A key is one line of letters and digits. Make one in the console under Settings → API keys, or with winesap login.',
  );
}

function isOpenRoad(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Redirects are not followed, because the key would be sent along. */
export function fetchWithin(ms: number | null): typeof globalThis.fetch {
  return (input, init) => {
    const signals = [init?.signal, ms === null ? null : AbortSignal.timeout(ms)].filter((signal) => signal != null);
    return fetch(input, { ...init, redirect: 'manual', signal: signals.length > 0 ? AbortSignal.any(signals) : null });
  };
}

/** A response that breaks off or isn't JSON (a proxy's page with status 200) is a problem too, not a crash. */
function guarded(api: Api): Api {
  return {
    open: api.open,
    call: async (route, input) => {
      try {
        return await api.call(route, input);
      } catch (error) {
        if (error instanceof ApiProblem || input.signal?.aborted) throw error;
        throw new ApiProblem(
          {
            type: 'about:blank',
            title: 'The answer cannot be read.',
            detail: 'It broke off, or something other than Winesap answered at this address. Check --url.',
            status: 0,
            code: 'api.unreadable',
          },
          { cause: error },
        );
      }
    },
  };
}
