import type { Asset, AssetDay, AssetTotals, Holder, Holding, LocatedAsset, Release, Threshold } from '@winesap/api';
import type { Style } from '../terminal/style.ts';
import { type Cell, type Column, tableLines } from '../terminal/table.ts';
import { ago, amount, plural } from '../words/time.ts';

interface View {
  terminal: { width: number; style: Style };
  now: Date;
  more: boolean;
}

/** Assets as a table, the number of licenses left before all. */
export function assetLines(
  assets: readonly (Asset | LocatedAsset)[],
  { terminal, now, totals, more }: View & { totals: AssetTotals | null },
): string[] {
  if (assets.length === 0) return ['No asset is like that.'];
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
    { text: amount(asset.assigned) },
    { text: licenses(asset, asset.total) },
    { text: stateWords(asset), ...(asset.low.isLow && { paint: style.bold }) },
    { text: ago(asset.readAt, now) },
  ]);
  const table =
    tableLines(columns, rows, width, style.bold) ??
    assets.flatMap((asset) => [
      style.bold(asset.name ?? asset.adamId),
      `  ${licenses(asset, asset.available)} available, ${amount(asset.assigned)} assigned ${stateWords(asset)}`,
    ]);
  return [...table, ...(totals === null ? [] : ['', totalWords(totals)]), ...moreLines(more, style)];
}

export function holderLines(
  holders: readonly Holder[],
  { terminal, now, assigned, readAt, more }: View & { assigned: number | null; readAt: string | null },
): string[] {
  const { style } = terminal;
  const read = `${plural(assigned, 'license')} assigned, read ${ago(readAt, now)}.`;
  if (holders.length === 0) return ['Nobody like that holds it.', read];
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
      ago(one.readAt, now),
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

/** Of users, the status and mail address in each location. */
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
      amount(day.assigned),
      licenses(day, day.total),
      licenses(day, day.retired),
      day.gone ? 'no longer listed' : '',
    ].map((text) => ({ text })),
  );
  return [...(tableLines(columns, rows, Infinity, terminal.style.bold) ?? []), '', 'Between two days nothing changed.'];
}

/** `at most 10 %`, `at most 5 licenses`, `never` */
export function thresholdWords(threshold: Threshold): string {
  switch (threshold.unit) {
    case 'licenses':
      return `at most ${plural(threshold.amount, 'license')}`;
    case 'percent':
      return `at most ${threshold.amount} %`;
    case 'never':
      return 'never';
  }
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

function licenses({ unlimited }: { unlimited: boolean }, count: number | null): string {
  return unlimited && count === null ? 'unlimited' : amount(count);
}

function totalWords(totals: AssetTotals): string {
  return [
    plural(totals.assets, 'asset'),
    `${plural(totals.assigned, 'license')} assigned`,
    `${amount(totals.available)} available`,
    ...(totals.low > 0 ? [`${amount(totals.low)} low`] : []),
    ...(totals.gone > 0 ? [`${amount(totals.gone)} gone`] : []),
    ...(totals.unnamed > 0 ? [`${amount(totals.unnamed)} without a name yet`] : []),
  ].join(' · ');
}

function moreLines(more: boolean, style: Style): string[] {
  return more ? [style.grey('There are more: --limit, --search, or --csv for all.')] : [];
}
