import type { Command } from 'commander';
import type { Context } from './context.ts';
import type { GlobalOptions } from './session/global-options.ts';
import { createSession, type Session } from './session/session.ts';

/** What every command is made with. */
export interface App {
  context: Context;
  /** The exit code so far; 0 unless a command says otherwise. */
  exitCode: number;
}

/**
 * An action of commander: `body` gets a session, then the arguments and options as commander gives them, and may
 * answer with an exit code.
 */
export function action<Given extends unknown[]>(
  app: App,
  body: (session: Session, ...given: Given) => Promise<number | undefined>,
): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command;
    const session = createSession(app.context, command.optsWithGlobals<GlobalOptions>());
    app.exitCode = (await body(session, ...(given.slice(0, -1) as Given))) ?? app.exitCode;
  };
}
