import { createInterface, type Interface } from 'node:readline/promises';
import { type Readable, Writable } from 'node:stream';
import { InputEnded } from './input-ended.ts';
import { createStyle, type Style, wantsColor } from './style.ts';
import { cut } from './wrap.ts';

/** Where a command writes and asks. Results go to standard output, everything else to standard error. */
export interface Terminal {
  /** Writes one or more lines to standard output. */
  out(text: string): void;
  /** Writes a part of a long text to standard output unchanged. Resolves when it is written. */
  write(text: string): Promise<void>;
  /** Writes one or more lines to standard error. */
  err(text: string): void;
  /** Replaces the progress line of a terminal; null removes it. Without a terminal, nothing is shown. */
  progress(text: string | null): void;
  /** Columns of the terminal; `Infinity` if a program reads the output, because nothing may be cut then. */
  readonly width: number;
  /** The same for standard error. */
  readonly errWidth: number;
  readonly showsProgress: boolean;
  /** Whether a person is present who can be asked. */
  readonly canAsk: boolean;
  ask(question: string, signal: AbortSignal): Promise<string>;
  /** The same for secrets: nothing that is typed is shown. */
  askUnseen(question: string, signal: AbortSignal): Promise<string>;
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
      stderr.write(cut(text, widthOf(stderr) - 1));
      progressShown = true;
    },
    width: widthOf(stdout),
    errWidth: widthOf(stderr),
    showsProgress,
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    // Questions go to standard error, because standard output may be redirected to a file.
    ask: async (question, signal) => {
      clear();
      try {
        return await askLine(stdin, stderr, question, signal);
      } catch (error) {
        // The shell's prompt starts on its own line.
        stderr.write('\n');
        throw error;
      }
    },
    askUnseen: async (question, signal) => {
      clear();
      stderr.write(question);
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
      try {
        return await askLine(stdin, nowhere, '', signal);
      } finally {
        stderr.write('\n');
      }
    },
    style: createStyle(wantsColor(env, stdout.isTTY === true)),
    errStyle: createStyle(wantsColor(env, stderr.isTTY === true)),
  };
}

// A terminal that does not know its width reports 0.
const widthOf = (stream: OutputStream): number => (stream.isTTY ? stream.columns || 80 : Infinity);

async function askLine(
  input: Streams['stdin'],
  output: NodeJS.WritableStream,
  question: string,
  signal: AbortSignal,
): Promise<string> {
  const lines = createInterface({ input, output, terminal: true });
  try {
    return await Promise.race([lines.question(question, { signal }), ended(lines)]);
  } finally {
    lines.close();
  }
}

/** Handles Ctrl-C and Ctrl-D during a question: the terminal is in raw mode then and sends no signal. */
function ended(lines: Interface): Promise<never> {
  return new Promise((_resolve, reject) => lines.once('close', () => reject(new InputEnded())));
}
