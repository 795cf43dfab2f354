import { Command } from 'commander';
import type { App } from '../action.ts';
import { type CheckWords, runCheck } from '../check/run-check.ts';

/** Needs no server and loads no client: cron and monitoring systems run it often and expect it to be fast. */
export function checkCommand(app: App): Command {
  return new Command('check')
    .description('say whether token files work, without a server; exits with 0 ok, 1 warning, 2 critical, 3 unknown')
    .argument('<file...>', 'token files, folders of them, or - for standard input')
    .option('--offline', 'only read the files; do not ask Apple')
    .option('--prometheus', 'answer as a text file for the Prometheus node exporter')
    .option('--warn-days <days>', 'a warning from so many days before expiry', '30')
    .option('--critical-days <days>', 'critical from so many days before expiry', '7')
    .option('--apple-url <url>', 'Apple’s service, or a simulator of it (or WINESAP_APPLE_URL)')
    .option('--timeout <seconds>', 'how long to wait for Apple, per token', '10')
    .action(async (files: string[], _options: unknown, command: Command) => {
      app.exitCode = await runCheck(app.context, files, command.optsWithGlobals<CheckWords>());
    });
}
