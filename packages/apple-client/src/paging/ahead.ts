import type { RawPage } from './page.ts';

export type FetchPage<Row> = (pageIndex: number, signal: AbortSignal) => Promise<RawPage<Row>>;

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
    const page = await wanted;
    this.#underWay.delete(pageIndex);
    this.#totalPages = page.totalPages;
    this.#startAhead(pageIndex + 1);
    return page;
  }

  /** A page as it is now, asked for afresh. Nothing else is started. */
  fresh(pageIndex: number): Promise<RawPage<Row>> {
    return this.#fetch(pageIndex, this.#stop.signal);
  }

  /** Data moves: what is under way is of no use, and reading far ahead would be wasted. */
  narrow(): void {
    this.#underWay.clear();
    this.#width = 1;
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
