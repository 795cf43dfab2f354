import { refusal } from '../refusal.ts';
import type { Session } from './session.ts';

/**
 * Asks a yes-or-no question; resolves if the answer is yes. `given` is the option that answers it in advance. Never
 * asks without a person at the terminal, with --json, or with the file on standard input.
 * Errors: usage.confirmation-needed, not-confirmed.
 */
export async function confirm(
  session: Session,
  question: string,
  given: { yes?: boolean; stdinTaken?: boolean },
): Promise<void> {
  if (given.yes) return;
  if (!canAsk(session, given.stdinTaken))
    throw refusal(
      'usage.confirmation-needed',
      'Nothing was changed: this needs a yes, and there is nobody to ask.',
      'Repeat the command with --yes.',
    );
  const answer = await session.context.terminal.ask(`${question} [y/N] `, session.context.signal);
  if (!/^y(es)?$/i.test(answer.trim())) throw declined();
}

/** Whether a person can be asked. Never with --json, which only programs use. */
export function canAsk(session: Session, stdinTaken = false): boolean {
  return session.context.terminal.canAsk && !session.options.json && !stdinTaken;
}

export function declined() {
  return refusal('not-confirmed', 'Nothing was changed.', '');
}
