import { Command } from 'commander';
import { type App, action } from '../action.ts';
import { ExitCode } from '../exit-code.ts';
import { untilAborted } from '../follow/until-aborted.ts';
import { loadWork } from '../serve.ts';
import { startProblem } from '../start-problem.ts';
import { jsonText } from '../terminal/printable.ts';

export function workerCommand(app: App): Command {
  return new Command('worker')
    .description(
      'scan, check and send beside winesap serve, on the same PostgreSQL and with the same keys, until Ctrl-C or SIGTERM',
    )
    .action(
      action(app, async (session) => {
        const { env, signal, terminal } = session.context;
        const work = await loadWork();
        const winesap = await work({ env }).catch((error: unknown) => {
          throw startProblem(error);
        });
        try {
          if (session.options.json) terminal.out(jsonText({ url: winesap.url }, 0));
          else terminal.out(`This worker is at work; ${winesap.url}/api/status and /metrics tell how it does.`);
          await untilAborted(signal);
        } finally {
          await winesap.stop();
        }
        return ExitCode.done;
      }),
    );
}
