import type { Command } from 'commander';
import type { Terminal } from './terminal/terminal.ts';

/** Makes a command and its subcommands print through our terminal, and throw where commander would end the process. */
export function configureCommands(program: Command, terminal: Terminal): void {
  for (const command of withAll(program))
    command
      .exitOverride()
      .configureHelp({ showGlobalOptions: command !== program, sortSubcommands: false })
      .configureOutput({
        writeOut: (text) => terminal.out(text.trimEnd()),
        // The caller reports errors, as for every other refusal; help for a missing command is printed.
        writeErr: (text) => {
          if (!text.startsWith('error:')) terminal.err(text.trimEnd());
        },
        getOutHelpWidth: () => Math.min(Number.isFinite(terminal.width) ? terminal.width : 100, 100),
        getOutHasColors: () => terminal.style.bold('x') !== 'x',
      });
}

function withAll(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withAll)];
}
