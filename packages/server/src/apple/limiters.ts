import { createLocalLimiter, type LocationLimiter } from './location-limiter.ts';

/** The maximum number of files that can be on their way to becoming tokens. */
const REMEMBERED_FILES = 1000;

/**
 * One limiter per location for the whole process. A file whose location is not known yet starts with its own limiter,
 * which becomes the location's once Apple has named it, so that inspecting, adding, and scanning count together.
 */
export class Limiters {
  readonly #make: (uId: string | null) => LocationLimiter;
  readonly #byLocation = new Map<string, LocationLimiter>();
  readonly #byFile = new Map<string, LocationLimiter>();
  #publishedRate: number | null = null;

  constructor(make: (uId: string | null) => LocationLimiter = createLocalLimiter) {
    this.#make = make;
  }

  of(uId: string | null, fileMark: string): LocationLimiter {
    const known = uId === null ? this.#byFile.get(fileMark) : this.#byLocation.get(uId);
    const limiter = known ?? this.#made(uId);
    if (uId === null) this.#rememberFile(fileMark, limiter);
    else this.#byLocation.set(uId, limiter);
    return limiter;
  }

  /** Apple has named the location that the file opens. */
  learn(fileMark: string, uId: string): void {
    const limiter = this.#byFile.get(fileMark);
    if (limiter === undefined) return;
    const ofLocation = this.#byLocation.get(uId);
    if (ofLocation === undefined) {
      this.#byLocation.set(uId, limiter);
      limiter.belongsTo(uId);
    } else this.#byFile.set(fileMark, ofLocation);
  }

  /** Returns the location's limiter, if it has one here. */
  known(uId: string): LocationLimiter | undefined {
    return this.#byLocation.get(uId);
  }

  /** Returns all limiters, including those of files. */
  all(): ReadonlySet<LocationLimiter> {
    return new Set([...this.#byLocation.values(), ...this.#byFile.values()]);
  }

  /** Forgets an unused limiter; the next user gets another one. */
  forget(uId: string, limiter: LocationLimiter): void {
    if (this.#byLocation.get(uId) === limiter) this.#byLocation.delete(uId);
  }

  /** Applies the requests per second that Apple publishes to all limiters, including future ones. */
  publishedRate(maxPerSecond: number): void {
    this.#publishedRate = maxPerSecond;
    for (const limiter of this.all()) limiter.publishedRate(maxPerSecond);
  }

  #made(uId: string | null): LocationLimiter {
    const limiter = this.#make(uId);
    if (this.#publishedRate !== null) limiter.publishedRate(this.#publishedRate);
    return limiter;
  }

  #rememberFile(fileMark: string, limiter: LocationLimiter): void {
    this.#byFile.delete(fileMark);
    this.#byFile.set(fileMark, limiter);
    const oldest = this.#byFile.keys().next();
    if (this.#byFile.size > REMEMBERED_FILES && !oldest.done) this.#byFile.delete(oldest.value);
  }
}
