import { Command, CommanderError } from 'commander';
import type { App } from './action.ts';
import { CheckUsage } from './check/check-settings.ts';
import { tellFailure } from './check/run-check.ts';
import { checkCommand } from './commands/check.ts';
import { configureCommands } from './configure-commands.ts';
import type { Context } from './context.ts';
import { GLOBAL_FLAGS } from './session/global-flags.ts';

/** Whether the command line is one of `check`, which then need not wait for the other commands to load. */
export function isCheck(args: readonly string[]): boolean {
  return args.find((arg) => !arg.startsWith('-')) === 'check';
}

/** Runs a `check`. An invalid argument ends with 3, too: to a monitoring system, 2 would be a dead token. */
export async function runCheckLine(args: readonly string[], context: Context): Promise<number> {
  const app: App = { context, exitCode: 0 };
  const program = new Command('winesap').addCommand(checkCommand(app));
  for (const flag of GLOBAL_FLAGS) program.addOption(flag);
  configureCommands(program, context.terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return app.exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    const sentence = `${error.message.replace(/^error: /, '')}. See winesap check --help.`;
    tellFailure(context, new CheckUsage(sentence), args.includes('--json'));
    return 3;
  }
}
