import { createApi, routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../action.ts';
import { ExitCode } from '../exit-code.ts';
import { loadServe } from '../serve.ts';
import { startProblem } from '../start-problem.ts';
import { jsonText } from '../terminal/printable.ts';
import { untilAborted } from '../until-aborted.ts';

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
          if (session.options.json) terminal.out(jsonText({ url: winesap.url }, 0));
          else {
            terminal.out(`Winesap listens on ${winesap.url}`);
            if (await isFirstRun(winesap.url)) terminal.out('Open it to make the first owner.');
          }
          await untilAborted(signal);
        } finally {
          await winesap.stop();
        }
        return ExitCode.done;
      }),
    );
}

/** A hint only: whatever keeps us from knowing does not keep Winesap from running. */
async function isFirstRun(url: string): Promise<boolean> {
  try {
    return (await createApi({ baseUrl: url }).call(routes.getSetup, {})).needed;
  } catch {
    return false;
  }
}
