/** `access`: who somebody is, and whether a session or key is good. `answers`: what the lists that are kept show. */
export type Subject = 'access' | 'answers';

/**
 * Counts the committed changes this process has heard of. What was read while a count stood is still so if, after
 * `upToDate`, it stands where it stood.
 */
export class Changes {
  readonly #counts: Record<Subject, number> = { access: 0, answers: 0 };
  /** Whether everything that was committed before the call, by whichever process, is counted. False: nobody can know. */
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

  /** Something may have been missed. */
  noteAll(): void {
    this.note('access');
    this.note('answers');
  }
}
