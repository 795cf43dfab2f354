import { refusal } from '../refusal.ts';
import type { Session } from '../session/session.ts';
import { copyToOutput } from './copy-to-output.ts';

/** Prints the server’s CSV file as it arrives. Errors: usage.csv if JSON was requested as well. */
export async function answerCsv(session: Session, open: () => Promise<Response>): Promise<void> {
  if (session.options.json) throw refusal('usage.csv', '--csv does not go with --json.', 'Choose one of them.');
  await copyToOutput(session, await open());
}
