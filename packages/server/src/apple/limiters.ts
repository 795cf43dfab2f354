import { createLocalLimiter, type LocationLimiter } from './location-limiter.ts';

/** As many files as may be on their way to become tokens at one time. */
const REMEMBERED_FILES = 1000;

/**
 * One limiter per location for the whole process, also for a file whose location is not known yet: the limiter it began
 * with becomes the location's once Apple has said which it is, so that looking, adding and scanning count together.
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

  /** Apple has said which location the file opens. */
  learn(fileMark: string, uId: string): void {
    const limiter = this.#byFile.get(fileMark);
    if (limiter === undefined) return;
    const ofLocation = this.#byLocation.get(uId);
    if (ofLocation === undefined) {
      this.#byLocation.set(uId, limiter);
      limiter.belongsTo(uId);
    } else this.#byFile.set(fileMark, ofLocation);
  }

  /** The location's, if it has one here. */
  known(uId: string): LocationLimiter | undefined {
    return this.#byLocation.get(uId);
  }

  /** Of all limiters, the ones of files included. */
  all(): ReadonlySet<LocationLimiter> {
    return new Set([...this.#byLocation.values(), ...this.#byFile.values()]);
  }

  /** Nobody uses it any more; who comes next gets another one. */
  forget(uId: string, limiter: LocationLimiter): void {
    if (this.#byLocation.get(uId) === limiter) this.#byLocation.delete(uId);
  }

  /** Apple publishes how many requests per second a location takes: for all, also those to come. */
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
