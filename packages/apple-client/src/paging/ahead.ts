import type { RawPage } from './page.ts';

export type FetchPage<Row> = (pageIndex: number, signal: AbortSignal) => Promise<RawPage<Row>>;

/** As many as may be under way at one time. */
const TOGETHER = 5;

/**
 * Fetches pages before they are asked for, a few at a time, so that the limiter and not the round trip sets the speed.
 * Holds at most `width` pages; call `close` at the end, it stops what is still under way.
 */
export class PagesAhead<Row> {
  readonly #fetch: FetchPage<Row>;
  readonly #caller: AbortSignal | undefined;
  readonly #stop = new AbortController();
  readonly #follow = () => this.#stop.abort(this.#caller?.reason);
  readonly #underWay = new Map<number, Promise<RawPage<Row>>>();
  #totalPages = 1;
  #width: number;
  readonly #maxWidth: number;

  constructor(fetch: FetchPage<Row>, maxWidth: number, caller: AbortSignal | undefined) {
    this.#fetch = fetch;
    this.#maxWidth = maxWidth;
    this.#width = maxWidth;
    this.#caller = caller;
    if (caller?.aborted) this.#follow();
    caller?.addEventListener('abort', this.#follow, { once: true });
  }

  /** A page, perhaps already under way; those after it are started. */
  async take(pageIndex: number): Promise<RawPage<Row>> {
    const wanted = this.#start(pageIndex);
    this.#startAhead(pageIndex);
    const page = this.#remembering(await wanted);
    this.#underWay.delete(pageIndex);
    this.#totalPages = page.totalPages;
    this.#startAhead(pageIndex + 1);
    return page;
  }

  /** A page that says nothing of how many there are ends nothing while an earlier one counted more. */
  #remembering(page: RawPage<Row>): RawPage<Row> {
    const next = page.pageIndex + 1;
    if (page.said.totalPages !== null || page.rows.length === 0 || next >= this.#totalPages) return page;
    return { ...page, nextPageIndex: next, totalPages: this.#totalPages };
  }

  /** A page as it is now, asked for afresh. Nothing else is started. */
  fresh(pageIndex: number): Promise<RawPage<Row>> {
    return this.#fetch(pageIndex, this.#stop.signal);
  }

  /**
   * A page and those after it, all asked for afresh at one moment, so that they are likely to be of one version. The
   * first two are returned, the others are taken later.
   */
  together(pageIndex: number): readonly [Promise<RawPage<Row>>, Promise<RawPage<Row>>] {
    const first = this.fresh(pageIndex);
    first.catch(() => undefined);
    const end = Math.max(pageIndex + 2, Math.min(this.#totalPages, pageIndex + TOGETHER));
    for (let index = pageIndex + 1; index < end; index++) {
      this.#underWay.delete(index);
      this.#start(index);
    }
    const second = this.#start(pageIndex + 1);
    this.#underWay.delete(pageIndex + 1);
    return [first, second];
  }

  /** Data moves: read less far ahead, since what is under way may be of the version before and have to be asked anew. */
  narrow(): void {
    this.#width = Math.max(1, Math.floor(this.#width / 2));
  }

  /** Data holds still again: read one page further ahead. */
  widen(): void {
    this.#width = Math.min(this.#maxWidth, this.#width + 1);
  }

  close(): void {
    this.#caller?.removeEventListener('abort', this.#follow);
    this.#stop.abort();
    this.#underWay.clear();
  }

  #startAhead(from: number): void {
    const end = Math.min(this.#totalPages, from + this.#width);
    for (let index = from; index < end; index++) this.#start(index);
  }

  #start(pageIndex: number): Promise<RawPage<Row>> {
    const known = this.#underWay.get(pageIndex);
    if (known) return known;
    const page = this.#fetch(pageIndex, this.#stop.signal);
    // Looked at when its turn comes; until then a failure must not count as unhandled.
    page.catch(() => undefined);
    this.#underWay.set(pageIndex, page);
    return page;
  }
}
