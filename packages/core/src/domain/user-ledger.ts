import { type Evidence, type ListedPage, PageLedger } from './list-evidence.ts';
import { Listed } from './listed.ts';
import { isActive, type User } from './user.ts';
import { NamesMark } from './user-reading.ts';

/**
 * Collects the evidence of a list of users while its pages come in. Apple counts users nowhere, so that what comes twice is
 * the only sign of what came instead of others: a page with the same users as one before, or a user who is active twice.
 * Retired registrations of one user may look alike and be several.
 */
export class UserLedger {
  readonly #pages = new PageLedger();
  readonly #seed: string;
  #active: Listed;
  #marks = new Set<string>();
  #listed = 0;
  #repeated = 0;

  constructor(seed: string) {
    this.#seed = seed;
    this.#active = new Listed(seed);
  }

  see({ list, rows }: { list: ListedPage; rows: readonly User[] }): void {
    if (list.pageIndex === 0) this.#begin();
    this.#pages.see(list);
    this.#listed += rows.length;
    const names = new NamesMark();
    names.add(rows.map(({ clientUserId }) => clientUserId));
    const mark = names.read();
    if (mark === null) return;
    const twice = rows.filter((row) => isActive(row) && !this.#active.add(rowOf(row))).length;
    this.#repeated += this.#marks.has(mark) ? rows.length : twice;
    this.#marks.add(mark);
  }

  judge(): Evidence {
    const evidence = this.#pages.judge();
    if (evidence.kind === 'contradicts' || this.#repeated === 0) return evidence;
    return { kind: 'contradicts', about: 'rows', said: this.#listed, seen: this.#listed - this.#repeated };
  }

  #begin(): void {
    this.#active = new Listed(this.#seed);
    this.#marks = new Set();
    this.#listed = 0;
    this.#repeated = 0;
  }
}

function rowOf({ clientUserId }: User) {
  return { adamId: '', pricingParam: '', holderKind: 'user', holder: clientUserId } as const;
}
