import type { AppleClient, CallOptions } from '@winesap/apple-client';
import { type AssetReading, assetKey, type Evidence, PageLedger, type SaidAsset } from '@winesap/core';
import { assetOf } from './map.ts';

/**
 * Reads the assets of one version, each once, with the evidence of whether they are complete. If rows repeat, the later
 * one wins; if they differ, Apple contradicts itself.
 */
export async function readAssetPages(
  client: AppleClient,
  options: CallOptions,
  notify: (done: number, expected: number | null) => Promise<void>,
  onMoreAhead: () => void,
): Promise<AssetReading> {
  let list = new AssetRows();
  const onRestart = () => {
    list = new AssetRows();
  };
  let versionId = '';
  for await (const page of client.assetPages({}, { ...options, onRestart })) {
    if (page.nextPageIndex !== null) onMoreAhead();
    list.add(page);
    versionId = page.versionId;
    const expected = page.nextPageIndex === null ? list.seen : page.totalPages * page.rows.length;
    await notify(list.seen, Math.max(list.seen, expected));
  }
  return { versionId, ...list.read() };
}

type AssetPage = Awaited<ReturnType<AppleClient['assetPage']>>;

export class AssetRows {
  readonly #rows = new Map<string, SaidAsset>();
  readonly #ledger = new PageLedger();
  #differ = false;
  seen = 0;

  add(page: Pick<AssetPage, 'rows' | 'pageIndex' | 'said'>): void {
    this.#ledger.see({ pageIndex: page.pageIndex, listed: page.rows.length, said: page.said });
    for (const row of page.rows) {
      const asset = assetOf(row);
      const before = this.#rows.get(assetKey(asset));
      this.#differ ||= before !== undefined && JSON.stringify(before) !== JSON.stringify(asset);
      this.#rows.set(assetKey(asset), asset);
    }
    this.seen += page.rows.length;
  }

  read(): { assets: SaidAsset[]; evidence: Evidence } {
    const assets = [...this.#rows.values()];
    const evidence = this.#ledger.judge();
    const isTorn = evidence.kind !== 'contradicts' && (this.#differ || assets.length < this.seen);
    return {
      assets,
      evidence: isTorn ? { kind: 'contradicts', about: 'rows', said: this.seen, seen: assets.length } : evidence,
    };
  }
}
