import { RateMeter } from './rate.ts';

export interface LoggedRequest {
  /** When it came, on the simulator's clock. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly errorNumber?: number | undefined;
  /** Real milliseconds from arrival to answer. */
  readonly ms: number;
}

const KEPT = 1000;

/** Every request to Apple's side, counted and the last ones kept, without headers and bodies: no secrets. */
export class RequestLog {
  readonly #all = new RateMeter();
  readonly #byLocation = new Map<string, RateMeter>();
  readonly #byPath = new Map<string, number>();
  #last: LoggedRequest[] = [];

  /** Call on arrival; of the functions it gives, one is called with the outcome and one when the answer is out. */
  begin(
    method: string,
    path: string,
    uId: string | undefined,
    write: boolean,
  ): {
    answered: (logged: LoggedRequest) => void;
    out: () => void;
  } {
    const now = performance.now();
    const key = `${method} ${path}`;
    this.#byPath.set(key, (this.#byPath.get(key) ?? 0) + 1);
    const meters = uId === undefined ? [this.#all] : [this.#all, this.meter(uId)];
    for (const meter of meters) meter.begin(now, write);
    return {
      answered: (logged) => {
        this.#last.push(logged);
        if (this.#last.length > KEPT * 2) this.#last = this.#last.slice(-KEPT);
      },
      out: () => {
        for (const meter of meters) meter.end();
      },
    };
  }

  meter(uId: string): RateMeter {
    let meter = this.#byLocation.get(uId);
    if (meter === undefined) {
      meter = new RateMeter();
      this.#byLocation.set(uId, meter);
    }
    return meter;
  }

  report(): object {
    const { total, maxAtOnce, maxPerSecond } = this.#all;
    return {
      total,
      byPath: Object.fromEntries(this.#byPath),
      maxAtOnce,
      maxPerSecond,
      byLocation: Object.fromEntries(
        [...this.#byLocation].map(([uId, meter]) => [
          uId,
          { total: meter.total, maxAtOnce: meter.maxAtOnce, maxPerSecond: meter.maxPerSecond, writes: meter.writes },
        ]),
      ),
      last: this.#last.slice(-KEPT),
    };
  }

  clear(): void {
    this.#all.reset();
    for (const meter of this.#byLocation.values()) meter.reset();
    this.#byPath.clear();
    this.#last = [];
  }
}
