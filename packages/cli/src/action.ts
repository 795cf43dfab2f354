import type { Command } from 'commander';
import type { Context } from './context.ts';
import type { GlobalOptions } from './session/global-options.ts';
import { createSession, type Session } from './session/session.ts';

/** What every command is created with. */
export interface App {
  context: Context;
  /** Returns the exit code so far; 0 unless a command sets another. */
  exitCode: number;
}

/**
 * An action of commander: `body` receives a session, then the arguments and options from commander, and may return an
 * exit code.
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
