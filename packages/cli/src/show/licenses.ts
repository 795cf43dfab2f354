import type { Asset, AssetDay, AssetTotals, Holder, Holding, LocatedAsset, Release } from '@winesap/api';
import { agoShort, count, plural } from '@winesap/api/words';
import type { Style } from '../terminal/style.ts';
import { type Cell, type Column, tableLines } from '../terminal/table.ts';

interface View {
  terminal: { width: number; style: Style };
  now: Date;
  more: boolean;
}

/** Shows assets as a table, with the licenses left first. */
export function assetLines(
  assets: readonly (Asset | LocatedAsset)[],
  { terminal, now, totals, more }: View & { totals: AssetTotals | null },
): string[] {
  if (assets.length === 0) return ['No assets match these filters.'];
  const { style, width } = terminal;
  const located = assets.some((asset) => 'location' in asset);
  const columns: Column[] = [
    ...(located ? [{ title: 'Location', min: 12, least: 8 }] : []),
    { title: 'Name', min: 14, least: 8 },
    { title: 'Number' },
    { title: 'Type', spare: 4 },
    { title: 'Platforms', spare: 3, min: 8 },
    { title: 'Available', align: 'right' },
    { title: 'Assigned', align: 'right' },
    { title: 'Total', align: 'right', spare: 1 },
    { title: 'State' },
    { title: 'Read', spare: 2 },
  ];
  const rows = assets.map((asset): Cell[] => [
    ...('location' in asset ? [{ text: asset.location.locationName }] : []),
    { text: asset.name ?? '(no name yet)', ...(asset.name === null && { paint: style.grey }) },
    { text: asset.pricingParam === 'STDQ' ? asset.adamId : `${asset.adamId} ${asset.pricingParam}` },
    { text: asset.productType },
    { text: asset.platforms.join(' ') },
    { text: licenses(asset, asset.available) },
    { text: count(asset.assigned) },
    { text: licenses(asset, asset.total) },
    { text: stateWords(asset), ...(asset.low.isLow && { paint: style.bold }) },
    { text: agoShort(asset.readAt, now) },
  ]);
  const table =
    tableLines(columns, rows, width, style.bold) ??
    assets.flatMap((asset) => [
      style.bold(asset.name ?? asset.adamId),
      `  ${licenses(asset, asset.available)} available, ${count(asset.assigned)} assigned ${stateWords(asset)}`,
    ]);
  return [...table, ...(totals === null ? [] : ['', totalWords(totals)]), ...moreLines(more, style)];
}

export function holderLines(
  holders: readonly Holder[],
  { terminal, now, assigned, readAt, more }: View & { assigned: number | null; readAt: string | null },
): string[] {
  const { style } = terminal;
  const read = `${plural(assigned, 'license')} assigned, read ${agoShort(readAt, now)}.`;
  if (holders.length === 0) return ['No matching holders.', read];
  const withUsers = holders.some(({ user }) => user !== null);
  const rows = holders.map(({ kind, holder, user }) => [
    { text: kind },
    { text: holder },
    ...(withUsers ? [{ text: user?.status ?? '' }, { text: user?.email ?? '' }] : []),
  ]);
  const columns = [
    { title: 'Kind' },
    { title: 'Holder' },
    ...(withUsers ? [{ title: 'Status' }, { title: 'Mail address' }] : []),
  ];
  return [...(tableLines(columns, rows, Infinity, style.bold) ?? []), '', read, ...moreLines(more, style)];
}

export function holdingLines(
  holdings: readonly Holding[],
  { terminal, now }: Omit<View, 'more'>,
  holder: string,
): string[] {
  if (holdings.length === 0)
    return [`${holder} holds nothing, as far as Winesap has read. Is the serial number whole?`];
  const columns: Column[] = [
    { title: 'Location', min: 12, least: 8 },
    { title: 'Name', min: 14, least: 8 },
    { title: 'Number' },
    { title: 'Type', spare: 1 },
    { title: 'Holder', spare: 2 },
    { title: 'Read' },
  ];
  const rows = holdings.map((one) =>
    [
      one.location.locationName,
      one.name ?? '(no name yet)',
      one.adamId,
      one.productType,
      `${one.kind} ${one.holder}`,
      agoShort(one.readAt, now),
    ].map((text) => ({ text })),
  );
  const table = tableLines(columns, rows, terminal.width, terminal.style.bold);
  return [
    ...(table ?? holdings.map((one) => `${one.location.locationName}: ${one.name ?? one.adamId}`)),
    '',
    `${plural(holdings.length, 'license')}.`,
    ...whoLines(holdings),
  ];
}

/** For users, the status and email address in each location. */
function whoLines(holdings: readonly Holding[]): string[] {
  const lines = holdings.flatMap(({ holder, user, location }) =>
    user === null
      ? []
      : [`${holder} is ${[user.status, user.email].filter(Boolean).join(', ')} in ${location.locationName}.`],
  );
  return [...new Set(lines)];
}

export function historyLines(days: readonly AssetDay[], { terminal }: Pick<View, 'terminal'>): string[] {
  if (days.length === 0) return ['Nothing is known of that time.'];
  const columns: Column[] = [
    { title: 'Day (UTC)' },
    { title: 'Available', align: 'right' },
    { title: 'Assigned', align: 'right' },
    { title: 'Total', align: 'right' },
    { title: 'Retired', align: 'right', spare: 1 },
    { title: '' },
  ];
  const rows = days.map((day) =>
    [
      day.day,
      licenses(day, day.available),
      count(day.assigned),
      licenses(day, day.total),
      licenses(day, day.retired),
      day.gone ? 'no longer listed' : '',
    ].map((text) => ({ text })),
  );
  return [...(tableLines(columns, rows, Infinity, terminal.style.bold) ?? []), '', 'Between two days nothing changed.'];
}

export function releaseLines(release: Release): string[] {
  const what = `${release.assetName ?? release.adamId}, ${release.kind} ${release.holder}: ${release.text}`;
  return release.failure?.apple ? [what, `Apple said: ${release.failure.apple.line}`] : [what];
}

function stateWords(asset: Asset): string {
  if (asset.gone) return 'gone';
  const words = [...(asset.low.isLow ? ['◐ low'] : []), ...(asset.discrepancy === null ? [] : ['? in question'])];
  return words.join(' ');
}

function licenses({ unlimited }: { unlimited: boolean }, value: number | null): string {
  return unlimited && value === null ? 'unlimited' : count(value);
}

function totalWords(totals: AssetTotals): string {
  return [
    plural(totals.assets, 'asset'),
    `${plural(totals.assigned, 'license')} assigned`,
    `${count(totals.available)} available`,
    ...(totals.low > 0 ? [`${count(totals.low)} low`] : []),
    ...(totals.gone > 0 ? [`${count(totals.gone)} gone`] : []),
    ...(totals.unnamed > 0 ? [`${count(totals.unnamed)} without a name yet`] : []),
  ].join(' · ');
}

function moreLines(more: boolean, style: Style): string[] {
  return more ? [style.grey('There are more: --limit, --search, or --csv for all.')] : [];
}
