import { type HolderKind, routes } from '@winesap/api';
import { Command, Option } from 'commander';
import { type App, action } from '../../action.ts';
import { findPolicy } from '../../find/find-policy.ts';
import { findToken } from '../../find/find-token.ts';
import { readPages } from '../../find/read-pages.ts';
import { readLimit } from '../../input/read-limit.ts';
import { copyToOutput } from '../../output/copy-to-output.ts';
import { refusal } from '../../refusal.ts';
import type { Session } from '../../session/session.ts';
import { assetLines, holderLines } from '../../show/licenses.ts';
import { TOKEN_ARGUMENT } from '../arguments.ts';

interface Options {
  policy?: string;
  asset?: string;
  pricing: string;
  search?: string;
  platform?: string;
  type?: string;
  low?: boolean;
  unlimited?: boolean;
  gone?: boolean;
  kind?: HolderKind;
  sort: 'name' | 'total' | 'assigned' | 'available' | 'retired' | 'adamId' | 'readAt';
  order: 'asc' | 'desc';
  limit: number;
  csv?: boolean;
}

export function licensesListCommand(app: App): Command {
  return new Command('list')
    .description('assets of a location, of a policy or of all locations; with --asset who holds one')
    .argument('[location]', TOKEN_ARGUMENT)
    .option('--policy <policy>', 'of the token this policy uses')
    .option('--asset <adamId>', 'who holds this one')
    .addOption(new Option('--pricing <param>', 'of a book owned in two qualities').default('STDQ'))
    .option('--search <text>', 'in name, number or bundle id; with --asset: the serial number or user begins so')
    .option('--platform <name>', 'iOS, macOS, tvOS, watchOS or visionOS')
    .option('--type <type>', 'App or Book')
    .option('--low', 'only assets that are low')
    .option('--unlimited', 'only those without a number of licenses')
    .option('--gone', 'also those Apple no longer lists')
    .addOption(new Option('--kind <kind>', 'with --asset: only devices or users').choices(['device', 'user']))
    .addOption(
      new Option('--sort <column>', 'order by')
        .choices(['name', 'total', 'assigned', 'available', 'retired', 'adamId', 'readAt'])
        .default('name'),
    )
    .addOption(new Option('--order <direction>', 'which way').choices(['asc', 'desc']).default('asc'))
    .addOption(new Option('--limit <number>', 'at most so many').default(200).argParser(readLimit))
    .option('--csv', 'as CSV, all that match, streamed')
    .action(
      action(app, async (session, location: string | undefined, options: Options) => {
        if (options.csv && session.options.json)
          throw refusal('usage.csv', '--csv does not go with --json.', 'Choose one of them.');
        const uId = await findLocation(session, location, options.policy);
        if (options.asset !== undefined) return holders(session, uId, options.asset, options);
        if (uId === null) return everywhere(session, options);
        return assets(session, uId, options);
      }),
    );
}

/** Null: all locations. Errors: usage.location, policy.no-token. */
async function findLocation(
  session: Session,
  location: string | undefined,
  policy: string | undefined,
): Promise<string | null> {
  if (location !== undefined && policy !== undefined)
    throw refusal('usage.location', 'A location and --policy do not go together.', 'Choose one of them.');
  if (location !== undefined) return (await findToken(session, location)).uId;
  if (policy === undefined) return null;
  const { policy: found } = await findPolicy(session, policy);
  if (found.token === null)
    throw refusal('policy.no-token', `“${found.name}” uses no token.`, 'Add one: winesap tokens add.');
  const { identity } = await session.call(routes.getToken, { params: { tokenId: found.token.tokenId } });
  return identity.uId;
}

async function assets(session: Session, uId: string, options: Options): Promise<undefined> {
  const query = { ...filterOf(options), sort: options.sort, order: options.order };
  if (options.csv) {
    await copyToOutput(session, await session.open(routes.exportLocationAssets, { params: { uId }, query }));
    return;
  }
  const { terminal, now } = session.context;
  let totals: Parameters<typeof assetLines>[1]['totals'] = null;
  let readAt: string | null = null;
  const { rows, more } = await readPages(options.limit, async (page) => {
    const answer = await session.call(routes.listLocationAssets, { params: { uId }, query: { ...query, ...page } });
    totals = answer.totals;
    readAt = answer.readAt;
    return { rows: answer.assets, nextCursor: answer.nextCursor };
  });
  session.answer({ uId, readAt, totals, assets: rows, more }, () =>
    assetLines(rows, { terminal, now: now(), totals, more }),
  );
}

async function everywhere(session: Session, options: Options): Promise<undefined> {
  const query = filterOf(options);
  if (options.csv) {
    await copyToOutput(session, await session.open(routes.exportFoundAssets, { query }));
    return;
  }
  const { terminal, now } = session.context;
  const { rows, more } = await readPages(options.limit, async (page) => {
    const answer = await session.call(routes.findAssets, { query: { ...query, ...page } });
    return { rows: answer.assets, nextCursor: answer.nextCursor };
  });
  session.answer({ assets: rows, more }, () => assetLines(rows, { terminal, now: now(), totals: null, more }));
}

async function holders(session: Session, uId: string | null, adamId: string, options: Options): Promise<undefined> {
  if (uId === null)
    throw refusal('usage.location', '--asset wants to know in which location.', 'Name it, or a policy with --policy.');
  const params = { uId, adamId, pricingParam: options.pricing };
  const filter = { ...(options.search && { q: options.search }), ...(options.kind && { kind: options.kind }) };
  if (options.csv) {
    await copyToOutput(session, await session.open(routes.exportHolders, { params, query: filter }));
    return;
  }
  let assigned: number | null = 0;
  let readAt: string | null = null;
  const { rows, more } = await readPages(options.limit, async (page) => {
    const answer = await session.call(routes.listHolders, { params, query: { ...filter, ...page } });
    assigned = answer.assigned;
    readAt = answer.readAt;
    return { rows: answer.holders, nextCursor: answer.nextCursor };
  });
  const { terminal, now } = session.context;
  session.answer({ uId, adamId, assigned, readAt, holders: rows, more }, () =>
    holderLines(rows, { terminal, now: now(), assigned, readAt, more }),
  );
}

function filterOf(options: Options) {
  return {
    ...(options.search && { q: options.search }),
    ...(options.platform && { platform: options.platform }),
    ...(options.type && { productType: options.type }),
    ...(options.low && { low: 'true' as const }),
    ...(options.unlimited && { unlimited: 'true' as const }),
    ...(options.gone && { gone: 'true' as const }),
  };
}
