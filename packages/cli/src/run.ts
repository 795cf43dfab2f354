import { CommanderError } from 'commander';
import type { App } from './action.ts';
import type { Context } from './context.ts';
import { COULD_NOT_ASK, ExitCode, exitCodeOf } from './exit-code.ts';
import { problemLines, toProblem } from './output/problem-lines.ts';
import { createProgram } from './program.ts';
import { InputEnded } from './terminal/input-ended.ts';
import { jsonText } from './terminal/printable.ts';

/** Runs one command line (without the program's name) and resolves with its exit code. Never throws. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const app: App = { context, exitCode: ExitCode.done };
  const { terminal } = context;
  try {
    await createProgram(app).parseAsync(args, { from: 'user' });
    return app.exitCode;
  } catch (error) {
    // Ctrl-C isn't a failure to report; an error thrown afterwards is only its consequence.
    if (context.signal.aborted || error instanceof InputEnded) return ExitCode.interrupted;
    // Help or the version was requested; commander has printed it.
    if (error instanceof CommanderError && error.exitCode === 0) return ExitCode.done;
    // The command was missing; commander has printed the list.
    if (error instanceof CommanderError && error.code === 'commander.help') return ExitCode.usage;
    const problem = toProblem(error);
    if (args.includes('--json')) terminal.err(jsonText(problem));
    else for (const line of problemLines(problem, terminal.errStyle, terminal.errWidth)) terminal.err(line);
    if (problem.code === 'cli.defect' && context.env.WINESAP_DEBUG && error instanceof Error)
      terminal.err(error.stack ?? '');
    return args.includes('--exit-code') ? COULD_NOT_ASK : exitCodeOf(problem);
  } finally {
    terminal.progress(null);
  }
}
