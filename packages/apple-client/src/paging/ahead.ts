import type { RawPage } from './page.ts';

export type FetchPage<Row> = (pageIndex: number, signal: AbortSignal) => Promise<RawPage<Row>>;

/** The maximum number of pages under way at one time. */
const TOGETHER = 5;

/**
 * Fetches a few pages before they are needed, so that the limiter and not the round trip sets the speed. Holds at most
 * `width` pages. Call `close` at the end to stop requests still under way.
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

  /** Returns a page, perhaps already under way, and starts those after it. */
  async take(pageIndex: number): Promise<RawPage<Row>> {
    const wanted = this.#start(pageIndex);
    this.#startAhead(pageIndex);
    const page = this.#remembering(await wanted);
    this.#underWay.delete(pageIndex);
    this.#totalPages = page.totalPages;
    this.#startAhead(pageIndex + 1);
    return page;
  }

  /** A page that doesn't say how many there are ends nothing while an earlier one counted more. */
  #remembering(page: RawPage<Row>): RawPage<Row> {
    const next = page.pageIndex + 1;
    if (page.said.totalPages !== null || page.rows.length === 0 || next >= this.#totalPages) return page;
    return { ...page, nextPageIndex: next, totalPages: this.#totalPages };
  }

  /** Fetches a page again in its current state. Starts nothing else. */
  fresh(pageIndex: number): Promise<RawPage<Row>> {
    return this.#fetch(pageIndex, this.#stop.signal);
  }

  /**
   * Fetches a page and those after it again, all at the same moment, so that they are likely to be of one version.
   * Returns the first two; the others are taken later.
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

  /**
   * The data changes: read less far ahead, because requests under way may return the previous version and have to be
   * repeated.
   */
  narrow(): void {
    this.#width = Math.max(1, Math.floor(this.#width / 2));
  }

  /** The data is stable again: read one page further ahead. */
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
    // Awaited when its turn comes; until then a failure must not count as unhandled.
    page.catch(() => undefined);
    this.#underWay.set(pageIndex, page);
    return page;
  }
}
