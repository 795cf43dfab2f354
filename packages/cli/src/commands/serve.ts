import { Command } from 'commander';
import { type App, action } from '../action.ts';
import { ExitCode } from '../exit-code.ts';
import { untilAborted } from '../follow/until-aborted.ts';
import { loadServe } from '../serve.ts';
import { startProblem } from '../start-problem.ts';
import { jsonText } from '../terminal/printable.ts';

export function serveCommand(app: App): Command {
  return new Command('serve')
    .description(
      'run Winesap: console, API and jobs, until Ctrl-C or SIGTERM; settings come from WINESAP_… (docs/settings.md)',
    )
    .action(
      action(app, async (session) => {
        const { env, signal, terminal } = session.context;
        const serve = await loadServe();
        const winesap = await serve({ env }).catch((error: unknown) => {
          throw startProblem(error);
        });
        try {
          const { url, setupCode } = winesap;
          if (session.options.json) terminal.out(jsonText({ url, ...(setupCode !== null && { setupCode }) }, 0));
          else {
            terminal.out(`Winesap listens on ${url}`);
            if (setupCode !== null) terminal.out(`Open it to make the first owner. The setup code is ${setupCode}`);
          }
          await untilAborted(signal);
        } finally {
          await winesap.stop();
        }
        return ExitCode.done;
      }),
    );
}
