import { createInterface } from 'node:readline/promises';
import type { Readable } from 'node:stream';
import { createStyle, type Style, wantsColor } from './style.ts';
import { cut } from './wrap.ts';

/** Where a command writes and asks. What was asked for goes to standard output, all else to standard error. */
export interface Terminal {
  /** One line, or several, on standard output. */
  out(text: string): void;
  /** A piece of a long text on standard output, as it is; resolves when it is through. */
  write(text: string): Promise<void>;
  /** One line, or several, on standard error. */
  err(text: string): void;
  /** Replaces the progress line of a terminal; null takes it away. Without a terminal nothing is shown. */
  progress(text: string | null): void;
  /** Columns of the terminal; `Infinity` when the output is read by a program, for then nothing may be cut. */
  readonly width: number;
  readonly showsProgress: boolean;
  /** A person sits there and can be asked. */
  readonly canAsk: boolean;
  ask(question: string, signal: AbortSignal): Promise<string>;
  readonly style: Style;
  /** The style of standard error. */
  readonly errStyle: Style;
}

export interface OutputStream {
  write(text: string, done?: () => void): unknown;
  isTTY?: boolean;
  columns?: number;
}

export interface Streams {
  stdin: Readable & { isTTY?: boolean };
  stdout: OutputStream;
  stderr: OutputStream & NodeJS.WritableStream;
}

export function createTerminal({ stdin, stdout, stderr }: Streams, env: Record<string, string | undefined>): Terminal {
  const showsProgress = stderr.isTTY === true && env.TERM !== 'dumb';
  let progressShown = false;
  const clear = () => {
    if (progressShown) stderr.write('\r\u001b[2K');
    progressShown = false;
  };
  return {
    out: (text) => {
      clear();
      stdout.write(`${text}\n`);
    },
    write: (text) => new Promise((resolve) => void stdout.write(text, () => resolve())),
    err: (text) => {
      clear();
      stderr.write(`${text}\n`);
    },
    progress: (text) => {
      clear();
      if (text === null || !showsProgress) return;
      // One column short: a full line would wrap, and only its last row would be replaced.
      stderr.write(cut(text, (stderr.columns ?? 80) - 1));
      progressShown = true;
    },
    width: stdout.isTTY ? (stdout.columns ?? 80) : Infinity,
    showsProgress,
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    ask: async (question, signal) => {
      clear();
      // Questions go to standard error: standard output may be on its way into a file.
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        return await lines.question(question, { signal });
      } finally {
        lines.close();
      }
    },
    style: createStyle(wantsColor(env, stdout.isTTY === true)),
    errStyle: createStyle(wantsColor(env, stderr.isTTY === true)),
  };
}
