import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { refusal } from '../../refusal.ts';
import { loadResetPassword } from '../../serve.ts';
import { canAsk } from '../../session/confirm.ts';
import { readSecretFile } from '../../session/read-secret-file.ts';
import { startProblem } from '../../start-problem.ts';
import { peopleLinksCommand, peopleListCommand } from './list.ts';
import { peopleRemoveCommand } from './remove.ts';

/** As the API expects it. */
const SHORTEST = 12;

export function peopleCommand(app: App): Command {
  return new Command('people')
    .description('who has access, what they shared, and how to end it or restore it')
    .addCommand(peopleListCommand(app))
    .addCommand(peopleLinksCommand(app))
    .addCommand(peopleRemoveCommand(app))
    .addCommand(resetPasswordCommand(app));
}

function resetPasswordCommand(app: App): Command {
  return new Command('reset-password')
    .description(
      'set a new password straight in the database, for who has the machine; stop the server first (embedded database)',
    )
    .argument('<email>')
    .option(
      '--password-file <file>',
      'file that holds the new password, or - for standard input; asked for, unseen, when left away',
    )
    .action(
      action(app, async (session, email: string, options: { passwordFile?: string }) => {
        const { env, terminal, signal, stdin } = session.context;
        if (options.passwordFile === undefined && !canAsk(session))
          throw refusal('usage.confirmation-needed', 'There is nobody to ask.', 'Give --password-file.');
        const password =
          options.passwordFile === undefined
            ? await terminal.askUnseen('New password: ', signal)
            : await readSecretFile(options.passwordFile, stdin);
        if (password.length < SHORTEST)
          throw refusal('usage.password', 'The password is too short.', `It needs at least ${SHORTEST} characters.`);
        const resetPassword = await loadResetPassword();
        await resetPassword({ env, email, password }).catch((error: unknown) => {
          throw notReset(error, email);
        });
        session.answer({ email, reset: true }, () => [
          `${email} has a new password. All their sessions and API keys have ended.`,
        ]);
      }),
    );
}

function notReset(error: unknown, email: string): unknown {
  if ((error as { code?: unknown }).code === 'person.not-found')
    return refusal('person.not-found', `There is no person with the address ${email}.`, 'Nothing was changed.');
  return startProblem(error);
}
