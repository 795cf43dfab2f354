import { Command, Option } from 'commander';
import about from '../package.json' with { type: 'json' };
import type { App } from './action.ts';
import { demoCommand } from './commands/demo.ts';
import { eventsCommand } from './commands/events.ts';
import { keysCommand } from './commands/keys.ts';
import { loginCommand, logoutCommand } from './commands/login.ts';
import { organizationsCommand } from './commands/organizations.ts';
import { peopleCommand } from './commands/people.ts';
import { policiesCommand } from './commands/policies.ts';
import { serveCommand } from './commands/serve.ts';
import { tokensCommand } from './commands/tokens.ts';
import { DEFAULT_URL } from './connection.ts';

const EXIT_CODES = `
Exit codes: 0 done · 1 refused · 2 wrong usage, or a question could not be asked ·
3 no answer, try again later · 130 interrupted.
With --exit-code (tokens list, tokens check): 0 ok · 1 soon · 2 broken · 3 unknown or could not ask.`;

/** The whole command line. Building it does nothing. */
export function createProgram(app: App): Command {
  const { terminal } = app.context;
  const program = new Command('winesap')
    .description(about.description)
    .version(about.version, '-v, --version', 'the version of this command')
    .addOption(new Option('--url <url>', `address of the Winesap server (or WINESAP_URL; default ${DEFAULT_URL})`))
    .addOption(
      new Option('--api-key-file <file>', 'file that holds the API key (or the key itself in WINESAP_API_KEY)'),
    )
    .addOption(new Option('--json', 'answer with one JSON document; a refusal goes to standard error as one'))
    .addHelpText('after', EXIT_CODES);
  program
    .addCommand(serveCommand(app))
    .addCommand(demoCommand(app))
    .addCommand(tokensCommand(app))
    .addCommand(eventsCommand(app))
    .addCommand(policiesCommand(app))
    .addCommand(organizationsCommand(app))
    .addCommand(keysCommand(app))
    .addCommand(peopleCommand(app))
    .addCommand(loginCommand(app))
    .addCommand(logoutCommand(app));
  for (const command of withAll(program))
    command
      .exitOverride()
      .configureHelp({ showGlobalOptions: command !== program, sortSubcommands: false })
      .configureOutput({
        writeOut: (text) => terminal.out(text.trimEnd()),
        // What was wrong is said by `run`, as for every other refusal; help for a missing command passes.
        writeErr: (text) => {
          if (!text.startsWith('error:')) terminal.err(text.trimEnd());
        },
        getOutHelpWidth: () => Math.min(Number.isFinite(terminal.width) ? terminal.width : 100, 100),
        getOutHasColors: () => terminal.style.bold('x') !== 'x',
      });
  return program;
}

function withAll(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withAll)];
}
