import { type Api, type Route, routes } from '@winesap/api';
import { readPrometheusText } from '@winesap/testkit';
import { csvRows } from './csv-rows.ts';
import type { Shown } from './judge.ts';
import { keyOf } from './truth.ts';

/** Everything that Winesap shows about a location, for each place separately. */
export async function showLocation(api: Api, uId: string, tokenId: string): Promise<Shown[]> {
  const params = { uId };
  const [token, detail, listed, assetsCsv, heldCsv, users, usersCsv] = await Promise.all([
    api.call(routes.getToken, { params: { tokenId } }),
    api.call(routes.getLocation, { params }),
    api.call(routes.listLocationAssets, { params, query: { limit: 500, gone: 'true' } }),
    csv(api, routes.exportLocationAssets, { params, query: { gone: 'true' } }),
    csv(api, routes.exportAssignments, { params, query: {} }),
    api.call(routes.listUsers, { params, query: { limit: 500 } }),
    csv(api, routes.exportUsers, { params, query: {} }),
  ]);
  const { readAt } = listed;
  const { totals } = listed;
  return [
    {
      source: 'token',
      readAt: token.lastSyncAt,
      sums: { assets: token.assets, assignments: token.assignments },
    },
    {
      source: 'location',
      readAt: detail.readAt,
      areListed: true,
      sums: {
        assets: detail.totals.assets,
        gone: detail.totals.gone,
        assigned: detail.totals.assigned,
        available: detail.totals.available,
      },
    },
    {
      source: 'assets',
      readAt,
      assets: new Map(listed.assets.map((asset) => [keyOf(asset), asset])),
      areListed: true,
      sums: { assets: totals.assets, gone: totals.gone, assigned: totals.assigned, available: totals.available },
    },
    {
      source: 'assets.csv',
      readAt,
      assets: new Map(
        assetsCsv.map((row) => [
          `${row.adamId} ${row.pricingParam}`,
          {
            total: numberOf(row.total),
            assigned: numberOf(row.assigned),
            available: numberOf(row.available),
            retired: numberOf(row.retired),
            gone: row.gone === 'true',
          },
        ]),
      ),
    },
    {
      source: 'assignments.csv',
      readAt,
      held: new Set(heldCsv.map((row) => `${row.adamId} ${row.pricingParam} ${row.holder}`)),
      areListed: true,
      sums: { assignments: heldCsv.length },
    },
    {
      source: 'users',
      readAt: users.readAt,
      users: new Map(users.users.map(({ clientUserId, status }) => [clientUserId, status])),
      areListed: true,
      sums: { users: users.total },
    },
    {
      source: 'users.csv',
      readAt: users.readAt,
      users: new Map(usersCsv.map((row) => [row.clientUserId ?? '', row.status ?? ''])),
    },
  ];
}

/** Who holds one asset, from its own two pages. */
export async function showHolders(
  api: Api,
  uId: string,
  key: string,
): Promise<{ source: string; held: Set<string> }[]> {
  const [adamId = '', pricingParam = ''] = key.split(' ');
  const params = { uId, adamId, pricingParam };
  const [page, rows] = await Promise.all([
    api.call(routes.listHolders, { params, query: { limit: 500 } }),
    csv(api, routes.exportHolders, { params, query: {} }),
  ]);
  return [
    { source: `holders of ${key}`, held: new Set(page.holders.map(({ holder }) => `${key} ${holder}`)) },
    { source: `holders.csv of ${key}`, held: new Set(rows.map(({ holder }) => `${key} ${holder}`)) },
  ];
}

/** What monitoring shows for each location, by `uId`. */
export async function showMetrics(api: Api): Promise<Map<string, Shown>> {
  const families = readPrometheusText(await (await api.open(routes.getMetrics, {})).text());
  const shown = new Map<string, Required<Pick<Shown, 'source' | 'readAt' | 'sums'>>>();
  const rowsOf = (name: string) => families.find((family) => family.name === name)?.metrics ?? [];
  const at = (uId: string) => {
    const one = shown.get(uId) ?? { source: 'metrics', readAt: null, sums: {} };
    shown.set(uId, one);
    return one;
  };
  for (const { labels, value } of rowsOf('winesap_token_last_sync_timestamp_seconds'))
    at(labels?.uid ?? '').readAt = String(value);
  for (const { labels, value } of rowsOf('winesap_assets')) at(labels?.uid ?? '').sums.assets = Number(value);
  for (const { labels, value } of rowsOf('winesap_licenses')) {
    const kind = labels?.kind;
    if (kind === 'total' || kind === 'assigned' || kind === 'available')
      at(labels?.uid ?? '').sums[kind] = Number(value);
  }
  return shown;
}

async function csv(api: Api, route: Route, input: object): Promise<Record<string, string>[]> {
  return csvRows(await (await api.open(route, input as never)).text());
}

/** Null for anything but a number: unknown, or unlimited. */
function numberOf(cell: string | undefined): number | null {
  return cell !== undefined && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : null;
}
