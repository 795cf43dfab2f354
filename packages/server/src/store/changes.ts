/** `access`: a person's rights, and whether a session or key is valid. `answers`: what the cached lists show. */
export type Subject = 'access' | 'answers';

/**
 * Counts the committed changes that this process has been notified of. A result read at some count is still valid if,
 * after `upToDate`, the count is the same.
 */
export class Changes {
  readonly #counts: Record<Subject, number> = { access: 0, answers: 0 };
  /** Whether everything committed before the call, by any process, is counted. False: that is unknown. */
  readonly upToDate: () => Promise<boolean>;

  constructor(heard: () => Promise<boolean>) {
    this.upToDate = heard;
  }

  count(of: Subject): number {
    return this.#counts[of];
  }

  note(of: Subject): void {
    this.#counts[of] += 1;
  }

  /** Changes may have been missed. */
  noteAll(): void {
    this.note('access');
    this.note('answers');
  }
}
