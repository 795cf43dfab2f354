import { AppleError } from '../errors/apple-error.ts';
import { Fields } from '../read/fields.ts';
import type { Open } from '../read/trailer.ts';
import type { CallOptions } from '../transport/call.ts';
import type { Send } from '../transport/sender.ts';
import { readStoreItem, type StoreItem } from './store-item.ts';

export interface LookupRequest {
  /** adamIds. Each takes one request, because how to request several is not documented. */
  readonly ids: readonly string[];
  /** Country of the location; case does not matter, so `countryISO2ACode` works. */
  readonly storefront: string;
  /** `defaultPlatform` of the client config; `macappstore` for data of Mac apps. */
  readonly platform: Open<'enterprisestore' | 'volumestore' | 'macappstore'>;
  /** Such as `en-US`. */
  readonly language?: string;
}

export interface LookupCalls {
  /**
   * Returns names, icons, and platforms by adamId. The map leaves out what the store does not know, does not show to
   * us, or could not answer just now; the three can't be distinguished. Fails only if every request failed. Sends the
   * content token as a cookie, for custom apps, and only to Apple's hosts. No limit is documented: cache the result.
   */
  lookup(request: LookupRequest, options?: CallOptions): Promise<Map<string, StoreItem>>;
}

const AT_ONCE = 4;

export function lookupCalls(send: Send, lookupUrl: (options?: CallOptions) => Promise<URL>): LookupCalls {
  return {
    async lookup({ ids, storefront, platform, language }, options) {
      const found = new Map<string, StoreItem>();
      const waiting = [...new Set(ids)];
      if (waiting.length === 0) return found;
      const url = await lookupUrl(options);
      let succeeded = false;
      let failed: AppleError | null = null;

      async function one(adamId: string): Promise<void> {
        const call = {
          doing: 'looking up app information',
          method: 'GET',
          origin: url.origin,
          path: url.pathname,
          credential: 'cookie',
          query: {
            version: 2,
            id: adamId,
            p: 'mdm-lockup',
            caller: 'MDM',
            platform,
            cc: storefront.toLowerCase(),
            l: language,
          },
        } as const;
        const items = await send(call, (answer) => readResults(answer), options);
        for (const [id, item] of items) found.set(id, item);
        succeeded = true;
      }

      async function worker(): Promise<void> {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          try {
            await one(next);
          } catch (error) {
            if (!(error instanceof AppleError)) throw error;
            failed = error;
            // Aborted by the caller, or nothing works: the others would fail in the same way.
            if (options?.signal?.aborted || !succeeded) return;
          }
        }
      }

      await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, worker));
      if (failed && (!succeeded || options?.signal?.aborted)) throw failed;
      return found;
    },
  };
}

function readResults(answer: Fields): [string, StoreItem][] {
  const results = answer.child('results', (map) => map.raw) ?? {};
  return Object.entries(results).map(([id, item]) => [id, readStoreItem(id, new Fields(item, `results.${id}`))]);
}
