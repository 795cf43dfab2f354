/**
 * Loaded before a program (`node --import`): its clock runs as usual, and its parent can move it forward. Timers that
 * become due fire immediately, as after a laptop's sleep. The embedded database takes its time from here, too.
 * `CLOCK_AHEAD_MS` is the initial offset.
 */
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import timers from 'node:timers';
import promises from 'node:timers/promises';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';

const RealDate = Date;
const real = {
  setTimeout: timers.setTimeout,
  clearTimeout: timers.clearTimeout,
};
const LONGEST_MS = 0x7fffffff;

/** One number for all threads of the program: the embedded database has its own thread. */
const ahead = isMainThread ? beginClock() : new Float64Array(getEnvironmentData('clock') as SharedArrayBuffer);
const now = () => RealDate.now() + (ahead[0] ?? 0);

function beginClock(): Float64Array {
  const shared = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  setEnvironmentData('clock', shared);
  return new Float64Array(shared).fill(Number(process.env.CLOCK_AHEAD_MS ?? 0));
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});

const realNow = performance.now.bind(performance);
Object.defineProperty(performance, 'now', { value: () => realNow() + (ahead[0] ?? 0) });

type Run = (...args: unknown[]) => void;
const pending = new Set<Timer>();

/** What `setTimeout` and `setInterval` return, with the methods that programs use. */
class Timer {
  #handle: NodeJS.Timeout | undefined;
  #dueAt = 0;
  #keepsAlive = true;
  readonly #run: () => void;
  readonly #ms: number;
  readonly #repeats: boolean;

  constructor(run: () => void, ms: number | undefined, repeats: boolean) {
    this.#run = run;
    this.#ms = Math.min(LONGEST_MS, Math.max(1, Number(ms) || 1));
    this.#repeats = repeats;
    this.refresh();
  }

  refresh(): this {
    this.#dueAt = now() + this.#ms;
    pending.add(this);
    return this.arm();
  }

  arm(): this {
    real.clearTimeout(this.#handle);
    this.#handle = real.setTimeout(() => this.#fire(), Math.max(0, Math.min(LONGEST_MS, this.#dueAt - now())));
    if (!this.#keepsAlive) this.#handle.unref();
    return this;
  }

  #fire(): void {
    if (this.#repeats) this.refresh();
    else pending.delete(this);
    this.#run();
  }

  close(): this {
    real.clearTimeout(this.#handle);
    pending.delete(this);
    return this;
  }

  ref(): this {
    this.#keepsAlive = true;
    this.#handle?.ref();
    return this;
  }

  unref(): this {
    this.#keepsAlive = false;
    this.#handle?.unref();
    return this;
  }

  hasRef(): boolean {
    return this.#keepsAlive;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function clear(timer: unknown): void {
  if (timer instanceof Timer) timer.close();
  else real.clearTimeout(timer as NodeJS.Timeout);
}

function pause<T>(ms?: number, value?: T, { signal, ref }: { signal?: AbortSignal; ref?: boolean } = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      timer.close();
      reject(new DOMException('The operation was aborted', 'AbortError'));
    };
    const timer = new Timer(
      () => {
        signal?.removeEventListener('abort', abort);
        resolve(value as T);
      },
      ms,
      false,
    );
    if (ref === false) timer.unref();
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}

const mine = {
  setTimeout: (run: Run, ms?: number, ...args: unknown[]) => new Timer(() => run(...args), ms, false),
  setInterval: (run: Run, ms?: number, ...args: unknown[]) => new Timer(() => run(...args), ms, true),
  clearTimeout: clear,
  clearInterval: clear,
};
Object.assign(globalThis, mine);
Object.assign(timers, mine);
Object.assign(promises, { setTimeout: pause });
syncBuiltinESMExports();

if (isMainThread) {
  process.on('message', ({ advanceMs }: { advanceMs: number }) => {
    ahead[0] = (ahead[0] ?? 0) + advanceMs;
    for (const timer of [...pending]) timer.arm();
    process.send?.('moved');
  });
  process.channel?.unref();
}
