/** A change to the table. Rows are named by position, so that any number is valid. */
export type Change =
  | { readonly kind: 'add'; readonly at: number }
  | { readonly kind: 'remove'; readonly at: number; readonly count: number };

interface Row {
  readonly id: number;
  readonly addedIn: number;
}

/**
 * Data at Apple that changes during a read: rows in a fixed relative order, a version per change, pages computed from
 * the current data, and deltas that show additions but never removals. Its `fetch` applies the planned changes, one
 * plan entry before each request.
 */
export class ShiftingTable {
  readonly #pageSize: number;
  readonly #plan: readonly (readonly Change[])[];
  readonly #states: Row[][];
  readonly #toRow: (id: number) => unknown;
  readonly #name: string;
  #nextId: number;
  requests = 0;

  constructor(name: string, options: { size: number; pageSize: number; plan: readonly (readonly Change[])[] }) {
    this.#name = name;
    this.#pageSize = options.pageSize;
    this.#plan = options.plan;
    this.#nextId = options.size;
    this.#states = [Array.from({ length: options.size }, (_, id) => ({ id, addedIn: 0 }))];
    this.#toRow = (id) => ({ adamId: String(id), pricingParam: 'STDQ', serialNumber: `S${id}` });
  }

  /** Returns the IDs of the table in that version, in order. */
  idsIn(versionId: string): string[] {
    return (this.#states[Number(versionId)] ?? []).map((row) => String(row.id));
  }

  get currentVersion(): string {
    return String(this.#states.length - 1);
  }

  get #now(): Row[] {
    return this.#states[this.#states.length - 1] ?? [];
  }

  apply(change: Change): void {
    const rows = [...this.#now];
    if (change.kind === 'remove') {
      rows.splice(change.at % (rows.length + 1), change.count);
    } else {
      rows.splice(change.at % (rows.length + 1), 0, { id: this.#nextId++, addedIn: this.#states.length });
    }
    this.#states.push(rows);
  }

  fetch: typeof fetch = async (input) => {
    for (const change of this.#plan[this.requests] ?? []) this.apply(change);
    this.requests += 1;
    const { searchParams } = new URL(String(input));
    const since = searchParams.get('sinceVersionId');
    const rows = since === null ? this.#now : this.#now.filter((row) => row.addedIn > Number(since));
    const totalPages = Math.max(1, Math.ceil(rows.length / this.#pageSize));
    const pageIndex = Number(searchParams.get('pageIndex') ?? 0);
    if (pageIndex >= totalPages)
      return Response.json({ errorNumber: 9650, errorMessage: 'no such page' }, { status: 400 });
    const shown = rows.slice(pageIndex * this.#pageSize, (pageIndex + 1) * this.#pageSize);
    return Response.json({
      [this.#name]: shown.map((row) => this.#toRow(row.id)),
      currentPageIndex: pageIndex,
      ...(pageIndex + 1 < totalPages ? { nextPageIndex: pageIndex + 1 } : {}),
      size: shown.length,
      totalPages,
      versionId: this.currentVersion,
      uId: '1',
    });
  };
}
