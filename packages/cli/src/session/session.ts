import type { AnyRoute, Api, CallInput, ResponseOf } from '@winesap/api';
import type { Context } from '../context.ts';
import { jsonText, printableDeep } from '../terminal/printable.ts';
import { connect } from './connection.ts';
import type { GlobalOptions } from './global-options.ts';

/** One command on its way: the server, the terminal, and how to answer. */
export interface Session {
  context: Context;
  options: GlobalOptions;
  /** Calls the server. Texts in the answer are made harmless to the terminal, but not for `--json`. */
  call<R extends AnyRoute>(route: R, input: CallInput<R>): Promise<ResponseOf<R>>;
  /** As it came: where a name must be sent back as it is. */
  callRaw<R extends AnyRoute>(route: R, input: CallInput<R>): Promise<ResponseOf<R>>;
  /** Opens an answer that may take as long as it likes (CSV, stream). */
  open: Api['open'];
  /** Writes the answer: the document itself with `--json`, else the lines made from it. */
  answer(document: unknown, lines: () => readonly string[]): void;
  /** Says something on the way, on standard error; nothing with `--json`. */
  say(line: string): void;
}

export function createSession(context: Context, options: GlobalOptions): Session {
  // Connected at the first call only, so that a command refuses a wrong file or word without a server.
  let connected: ReturnType<typeof connect> | null = null;
  const connection = () => {
    connected ??= connect(context, options);
    return connected;
  };
  const callRaw: Session['call'] = async (route, input) =>
    (await connection()).api.call(route, { ...input, signal: input.signal ?? context.signal });
  return {
    context,
    options,
    callRaw,
    call: async (route, input) => {
      const document = await callRaw(route, input);
      return options.json ? document : printableDeep(document);
    },
    open: async (route, input) =>
      (await connection()).streaming.open(route, { ...input, signal: input.signal ?? context.signal }),
    answer: (document, lines) => {
      if (options.json) context.terminal.out(jsonText(document));
      else for (const line of lines()) context.terminal.out(line);
    },
    say: (line) => {
      if (!options.json) context.terminal.err(line);
    },
  };
}
