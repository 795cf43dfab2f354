/** `soon`: a person waits. `patient`: work in many steps that lets the others go first. */
export type Hurry = 'soon' | 'patient';

/** A holder often asks again immediately, and a screen asks for several things in sequence. */
const AGAIN_WITHIN_MS = 2;
/** The longest wait of patient work. */
const PATIENT_FOR_MS = 100;

/** Admits one holder at a time: urgent ones first, otherwise in order of arrival. */
export class Mutex {
  readonly #nowMs: () => number;
  readonly #waiting: Record<Hurry, Waiter[]> = { soon: [], patient: [] };
  #held = false;
  #hurriedAtMs = Number.NEGATIVE_INFINITY;
  #look: NodeJS.Timeout | undefined;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /**
   * Waits for its turn. Call the returned function exactly once to admit the next holder.
   * Errors: throws `onLate()` if the turn did not come within `withinMs`.
   */
  acquire(withinMs: number, onLate: () => Error, hurry: Hurry = 'soon'): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const line = this.#waiting[hurry];
      const timer = setTimeout(() => {
        line.splice(line.indexOf(waiter), 1);
        reject(onLate());
      }, withinMs);
      const waiter = {
        sinceMs: this.#nowMs(),
        enter: () => {
          clearTimeout(timer);
          resolve(this.#releaseOnce(hurry));
        },
      };
      line.push(waiter);
      this.#next();
    });
  }

  #releaseOnce(hurry: Hurry): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      if (hurry === 'soon') this.#hurriedAtMs = this.#nowMs();
      this.#held = false;
      this.#next();
    };
  }

  #next(): void {
    if (this.#held) return;
    const [patient] = this.#waiting.patient;
    const late = patient !== undefined && this.#nowMs() - patient.sinceMs >= PATIENT_FOR_MS;
    if (!late && this.#enter('soon')) return;
    if (patient === undefined) return;
    const untilMs = this.#hurriedAtMs + AGAIN_WITHIN_MS - this.#nowMs();
    if (late || untilMs <= 0) {
      this.#enter('patient');
      return;
    }
    this.#look ??= setTimeout(() => {
      this.#look = undefined;
      this.#next();
    }, untilMs);
  }

  #enter(hurry: Hurry): boolean {
    const waiter = this.#waiting[hurry].shift();
    if (waiter === undefined) return false;
    this.#held = true;
    waiter.enter();
    return true;
  }
}

interface Waiter {
  sinceMs: number;
  enter(): void;
}
