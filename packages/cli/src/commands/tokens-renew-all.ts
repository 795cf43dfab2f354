import { ApiProblem, type Problem } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../action.ts';
import { confirm } from '../confirm.ts';
import { ExitCode } from '../exit-code.ts';
import { isOfThisFile, judgeFiles } from '../judge-files.ts';
import { saveRenewal } from '../save-renewal.ts';
import { judgedLines } from '../show/judged-files.ts';
import { printable } from '../terminal/printable.ts';
import { plural } from '../words/time.ts';

interface Options {
  yes?: boolean;
  acceptOlder?: boolean;
}

export function tokensRenewAllCommand(app: App): Command {
  return new Command('renew-all')
    .description('many files at once: each finds its token; shows what they would do, asks once, renews')
    .argument('<files...>', '.vpptoken files as Apple gave them')
    .option('--yes', 'do not ask')
    .option('--accept-older', 'also where a new file expires earlier than the stored one')
    .action(
      action(app, async (session, paths: string[], options: Options) => {
        const { terminal } = session.context;
        const acceptOlder = options.acceptOlder ?? false;
        const judged = await judgeFiles(session, paths, acceptOlder);
        if (!session.options.json) for (const line of judgedLines(judged, terminal)) terminal.out(line);

        const renewed: object[] = [];
        const notRenewed: { file: string; problem: Problem }[] = judged.flatMap(({ path, problem }) =>
          problem === null ? [] : [{ file: path, problem }],
        );
        const ready = judged.flatMap((one) => (one.problem === null ? [one] : []));
        if (ready.length > 0) await confirm(session, `Renew ${plural(ready.length, 'token')}?`, options);
        for (const { path, file, preview } of ready) {
          const name = preview.stored.locationName ?? preview.stored.uId;
          try {
            const { token, text } = await saveRenewal(session, file, preview, acceptOlder);
            renewed.push({ file: path, token, text });
            session.say(`${terminal.errStyle.green('✓')} ${name}: ${text}`);
          } catch (error) {
            if (!(error instanceof ApiProblem) || !isOfThisFile(error.problem)) throw error;
            notRenewed.push({ file: path, problem: error.problem });
            session.say(`${terminal.errStyle.red('✕')} ${name}: ${printable(error.problem.title)}`);
          }
        }
        session.answer({ renewed, notRenewed }, () => [
          `${plural(renewed.length, 'token')} renewed${notRenewed.length > 0 ? `, ${plural(notRenewed.length, 'file')} not used` : ''}.`,
        ]);
        return notRenewed.length > 0 ? ExitCode.refused : ExitCode.done;
      }),
    );
}
