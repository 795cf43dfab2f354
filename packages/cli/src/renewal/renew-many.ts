import { ApiProblem, type Problem } from '@winesap/api';
import { plural } from '@winesap/api/words';
import { ExitCode } from '../exit-code.ts';
import { confirm } from '../session/confirm.ts';
import type { Session } from '../session/session.ts';
import { printable } from '../terminal/printable.ts';
import { isOfThisFile, judgeFiles } from './judge-files.ts';
import { saveRenewal } from './save-renewal.ts';
import { judgedLines } from './show-judged-files.ts';

/**
 * Renews from many files: shows what each would do, asks once, and renews one after another. A failure of one does not
 * stop the others; a problem that concerns all (no answer, no key) is thrown. Returns the exit code.
 */
export async function renewMany(
  session: Session,
  paths: readonly string[],
  { yes = false, acceptOlder = false }: { yes?: boolean; acceptOlder?: boolean },
): Promise<number> {
  const { terminal } = session.context;
  const judged = await judgeFiles(session, paths, acceptOlder);
  if (!session.options.json) for (const line of judgedLines(judged, terminal)) terminal.out(line);

  const renewed: object[] = [];
  const notRenewed: { file: string; problem: Problem }[] = judged.flatMap(({ path, problem }) =>
    problem === null ? [] : [{ file: path, problem }],
  );
  const ready = judged.flatMap((one) => (one.problem === null ? [one] : []));
  if (ready.length > 0)
    await confirm(session, `Renew ${plural(ready.length, 'token')}?`, { yes, stdinTaken: paths.includes('-') });
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
}
