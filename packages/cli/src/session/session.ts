import type { AnyRoute, Api, CallInput, ResponseOf } from '@winesap/api';
import type { Context } from '../context.ts';
import { jsonText, printableDeep } from '../terminal/printable.ts';
import { connect } from './connection.ts';
import type { GlobalOptions } from './global-options.ts';

/** One running command: the server, the terminal, and how to print results. */
export interface Session {
  context: Context;
  options: GlobalOptions;
  /** Calls the server. Texts in the response are made safe for the terminal, except with `--json`. */
  call<R extends AnyRoute>(route: R, input: CallInput<R>): Promise<ResponseOf<R>>;
  /** The unchanged response, for names that must be sent back as they are. */
  callRaw<R extends AnyRoute>(route: R, input: CallInput<R>): Promise<ResponseOf<R>>;
  /** Opens a response of any duration (CSV, stream). */
  open: Api['open'];
  /** Prints the result: the document itself with `--json`, else the lines made from it. */
  answer(document: unknown, lines: () => readonly string[]): void;
  /** Prints a progress message on standard error; nothing with `--json`. */
  say(line: string): void;
}

export function createSession(context: Context, options: GlobalOptions): Session {
  // Connects at the first call, so that a command refuses a wrong file or argument without a server.
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
