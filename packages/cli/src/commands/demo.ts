import { Command, Option } from 'commander';
import { type App, action } from '../action.ts';
import { startDemo } from '../demo/start-demo.ts';
import { storyLines } from '../demo/story.ts';
import { ExitCode } from '../exit-code.ts';
import { untilAborted } from '../follow/until-aborted.ts';
import { refusal } from '../refusal.ts';
import { loadServe, missing } from '../serve.ts';
import { startProblem } from '../start-problem.ts';
import { jsonText } from '../terminal/printable.ts';

const APPLE_PORT = 'WINESAP_DEMO_APPLE_PORT';

export function demoCommand(app: App): Command {
  return new Command('demo')
    .description('run Winesap with a small world and a simulated Apple, until Ctrl-C; nothing leaves this machine')
    .addOption(new Option('--keep <folder>', 'make the world in this new or empty folder and leave it there'))
    .action(
      action(app, async (session, options: { keep?: string }) => {
        const { env, signal, terminal } = session.context;
        const [serve, { startSimulator }] = await Promise.all([loadServe(), loadSimulator()]);
        const demo = await startDemo(startSimulator, serve, {
          env,
          applePort: readPort(env[APPLE_PORT]),
          onStep: session.say,
          signal,
          ...(options.keep !== undefined && { keep: options.keep }),
        }).catch((error: unknown) => {
          throw startProblem(error);
        });
        try {
          const { url, portalUrl, owner, filesFolder, files, apiKeyFile, folder } = demo;
          if (session.options.json)
            terminal.out(jsonText({ url, portalUrl, owner, filesFolder, files, apiKeyFile, folder }, 0));
          else for (const line of storyLines(demo, options.keep !== undefined, terminal.style)) terminal.out(line);
          await untilAborted(signal);
        } finally {
          session.say('Stopping …');
          await demo.stop();
        }
        return ExitCode.done;
      }),
    );
}

async function loadSimulator() {
  return import('winesap-simulator').catch((error: unknown) => {
    throw missing(error, 'winesap-simulator') ?? error;
  });
}

function readPort(text: string | undefined): number {
  if (!text) return 8471;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw refusal(
    'usage.port',
    `${APPLE_PORT} is “${text}”.`,
    'It has to be a whole number from 0 to 65535; 0 takes any free port.',
  );
}
