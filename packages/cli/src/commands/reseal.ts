import { Command } from 'commander';
import { type App, action } from '../action.ts';
import { ExitCode } from '../exit-code.ts';
import { loadResealRows } from '../serve.ts';
import { startProblem } from '../start-problem.ts';

export function resealCommand(app: App): Command {
  return new Command('reseal')
    .description(
      'seal all stored secrets with the first sealing key, so that older keys can go; stop the server first (embedded database)',
    )
    .action(
      action(app, async (session) => {
        const { env } = session.context;
        const resealRows = await loadResealRows();
        const result = await resealRows({ env }).catch((error: unknown) => {
          throw startProblem(error);
        });
        const { keyId, resealed, kept, failed } = result;
        session.answer(result, () => [
          `${resealed} stored ${resealed === 1 ? 'secret' : 'secrets'} sealed again with the key ${keyId}. ${kept === 0 ? 'None' : kept} needed no change.`,
          ...failed.map(({ place, code }) => `Not opened, left as it was: ${place} (${code})`),
          failed.length === 0
            ? 'Older keys are no longer needed. Removing the last key of the list signs everyone out.'
            : 'Keep the older keys. See docs/operations.md for what each code means.',
        ]);
        return failed.length === 0 ? ExitCode.done : ExitCode.refused;
      }),
    );
}
