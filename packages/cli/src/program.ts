import { Command } from 'commander';
import about from '../package.json' with { type: 'json' };
import type { App } from './action.ts';
import { alertsCommand } from './commands/alerts.ts';
import { calendarCommand } from './commands/calendar.ts';
import { channelsCommand } from './commands/channels/channels.ts';
import { checkCommand } from './commands/check.ts';
import { demoCommand } from './commands/demo.ts';
import { eventsCommand } from './commands/events.ts';
import { keysCommand } from './commands/keys.ts';
import { licensesCommand } from './commands/licenses/licenses.ts';
import { loginCommand, logoutCommand } from './commands/login.ts';
import { notificationsCommand } from './commands/notifications.ts';
import { organizationsCommand } from './commands/organizations.ts';
import { peopleCommand } from './commands/people/people.ts';
import { policiesCommand } from './commands/policies.ts';
import { reportCommand } from './commands/report.ts';
import { resealCommand } from './commands/reseal.ts';
import { rulesCommand } from './commands/rules.ts';
import { serveCommand } from './commands/serve.ts';
import { tokensCommand } from './commands/tokens/tokens.ts';
import { workerCommand } from './commands/worker.ts';
import { configureCommands } from './configure-commands.ts';
import { GLOBAL_FLAGS } from './session/global-flags.ts';

const EXIT_CODES = `
Exit codes: 0 done · 1 refused · 2 wrong usage, or a question could not be asked ·
3 no answer, try again later · 130 interrupted.
With --exit-code (tokens list, tokens check) and always with check: 0 ok · 1 soon · 2 broken · 3 unknown or
could not ask.`;

/** Builds the whole command line, without side effects. */
export function createProgram(app: App): Command {
  const { terminal } = app.context;
  const program = new Command('winesap')
    .description(about.description)
    .version(about.version, '-v, --version', 'the version of this command')
    .addHelpText('after', EXIT_CODES);
  for (const flag of GLOBAL_FLAGS) program.addOption(flag);
  program
    .addCommand(serveCommand(app))
    .addCommand(workerCommand(app))
    .addCommand(demoCommand(app))
    .addCommand(checkCommand(app))
    .addCommand(tokensCommand(app))
    .addCommand(licensesCommand(app))
    .addCommand(notificationsCommand(app))
    .addCommand(eventsCommand(app))
    .addCommand(alertsCommand(app))
    .addCommand(rulesCommand(app))
    .addCommand(channelsCommand(app))
    .addCommand(reportCommand(app))
    .addCommand(policiesCommand(app))
    .addCommand(organizationsCommand(app))
    .addCommand(calendarCommand(app))
    .addCommand(keysCommand(app))
    .addCommand(peopleCommand(app))
    .addCommand(resealCommand(app))
    .addCommand(loginCommand(app))
    .addCommand(logoutCommand(app));
  configureCommands(program, terminal);
  return program;
}
