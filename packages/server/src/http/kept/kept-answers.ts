import type { Changes } from '../../store/changes.ts';
import { type MadeAnswer, makeAnswer } from './made-answer.ts';

/** For all responses together. A list of ten thousand tokens takes a quarter of it. */
const MOST_BYTES = 32 * 1024 * 1024;

interface Kept {
  answer: Promise<MadeAnswer>;
  untilMs: number;
  bytes: number;
}

/**
 * Caches responses until anything changes: all of them are dropped with a commit that changes what any of them may
 * show. Simultaneous identical requests share one response.
 */
export class KeptAnswers {
  readonly #changes: Changes;
  readonly #now: () => Date;
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;
  #asOf = 0;

  constructor(changes: Changes, now: () => Date) {
    this.#changes = changes;
    this.#now = now;
  }

  /**
   * Call it only after `Changes` has confirmed that everything is counted. `key` names everything that the response
   * depends on besides the database; `holdsUntil` says how long it is valid if nothing changes, null forever.
   */
  async find<T>(key: string, ask: () => Promise<T>, holdsUntil: (answer: T) => Date | null): Promise<MadeAnswer> {
    const asOf = this.#changes.count('answers');
    if (asOf !== this.#asOf) this.#forgetAll();
    this.#asOf = asOf;
    const found = this.#kept.get(key);
    if (found !== undefined) {
      if (this.#now().getTime() <= found.untilMs) return found.answer;
      this.#forget(key, found);
    }
    return this.#keep(key, ask, holdsUntil);
  }

  async #keep<T>(key: string, ask: () => Promise<T>, holdsUntil: (answer: T) => Date | null): Promise<MadeAnswer> {
    const asked = ask();
    const kept: Kept = { answer: asked.then(makeAnswer), untilMs: Number.POSITIVE_INFINITY, bytes: 0 };
    this.#kept.set(key, kept);
    try {
      const made = await kept.answer;
      kept.untilMs = holdsUntil(await asked)?.getTime() ?? Number.POSITIVE_INFINITY;
      if (this.#kept.get(key) === kept) {
        kept.bytes = made.body.length + key.length;
        this.#bytes += kept.bytes;
        if (this.#bytes > MOST_BYTES) this.#forgetAll();
      }
      return made;
    } catch (error) {
      this.#forget(key, kept);
      throw error;
    }
  }

  #forget(key: string, kept: Kept): void {
    if (this.#kept.get(key) !== kept) return;
    this.#kept.delete(key);
    this.#bytes -= kept.bytes;
  }

  #forgetAll(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }
}
