import { type Evidence, type ListedPage, PageLedger } from '../list-evidence.ts';
import { isActive, type User } from '../users/user.ts';
import { UserNames } from './user-names.ts';
import { NamesMark } from './users-to-read.ts';

/**
 * Collects the evidence of a list of users while its pages arrive. Apple sends no count of users, so the only sign of
 * missing users is repetition: a page with the same users as an earlier one, or a user who is active twice. Several
 * retired registrations of one user can look alike. Everyone who holds a license must be listed as a user.
 */
export class UserLedger {
  readonly #pages = new PageLedger();
  readonly #seed: string;
  readonly #holders: UserNames | null;
  #active: UserNames;
  #holding: UserNames;
  #marks = new Set<string>();
  #listed = 0;
  #repeated = 0;

  /** `holders`: users who are listed as holding licenses; null: not compared. */
  constructor(seed: string, holders: UserNames | null) {
    this.#seed = seed;
    this.#holders = holders;
    this.#active = new UserNames(seed);
    this.#holding = new UserNames(seed);
  }

  see({ list, rows }: { list: ListedPage; rows: readonly User[] }): void {
    if (list.pageIndex === 0) this.#begin();
    this.#pages.see(list);
    this.#listed += rows.length;
    for (const { clientUserId } of rows) if (this.#holders?.has(clientUserId)) this.#holding.add(clientUserId);
    const names = new NamesMark();
    names.add(rows.map(({ clientUserId }) => clientUserId));
    const mark = names.read();
    if (mark === null) return;
    const twice = rows.filter((row) => isActive(row) && !this.#active.add(row.clientUserId)).length;
    this.#repeated += this.#marks.has(mark) ? rows.length : twice;
    this.#marks.add(mark);
  }

  judge(): Evidence {
    const evidence = this.#pages.judge();
    if (evidence.kind === 'contradicts' || this.#repeated === 0) return evidence;
    return { kind: 'contradicts', about: 'rows', said: this.#listed, seen: this.#listed - this.#repeated };
  }

  /** Holders of licenses who aren't listed as users. */
  get strangers(): number {
    return this.#holders === null ? 0 : this.#holders.size - this.#holding.size;
  }

  #begin(): void {
    this.#active = new UserNames(this.#seed);
    this.#holding = new UserNames(this.#seed);
    this.#marks = new Set();
    this.#listed = 0;
    this.#repeated = 0;
  }
}
