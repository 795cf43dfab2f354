import { createLimiter, type Limiter } from '@winesap/apple-client';

/** As many files as may be on their way to become tokens at one time. */
const REMEMBERED_FILES = 1000;

/**
 * One limiter per location for the whole process, also for a file whose location is not known yet: the limiter it began
 * with becomes the location's once Apple has said which it is, so that looking, adding and scanning count together.
 */
export class Limiters {
  readonly #byLocation = new Map<string, Limiter>();
  readonly #byFile = new Map<string, Limiter>();

  of(uId: string | null, fileMark: string): Limiter {
    const known = (uId === null ? undefined : this.#byLocation.get(uId)) ?? this.#byFile.get(fileMark);
    const limiter = known ?? createLimiter();
    if (uId === null) this.#rememberFile(fileMark, limiter);
    else this.#byLocation.set(uId, limiter);
    return limiter;
  }

  /** Apple has said which location the file opens. */
  learn(fileMark: string, uId: string): void {
    const limiter = this.#byFile.get(fileMark);
    if (limiter === undefined) return;
    const ofLocation = this.#byLocation.get(uId);
    if (ofLocation === undefined) this.#byLocation.set(uId, limiter);
    else this.#byFile.set(fileMark, ofLocation);
  }

  #rememberFile(fileMark: string, limiter: Limiter): void {
    this.#byFile.delete(fileMark);
    this.#byFile.set(fileMark, limiter);
    const oldest = this.#byFile.keys().next();
    if (this.#byFile.size > REMEMBERED_FILES && !oldest.done) this.#byFile.delete(oldest.value);
  }
}
