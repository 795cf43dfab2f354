import type { ContentToken } from '@winesap/api';
import { followToken } from '../follow/follow-scan.ts';
import type { Session } from '../session/session.ts';
import { healthLines } from '../show/token.ts';

/** Prints what was saved, follows the scan if requested, and ends with the token's current state. */
export async function tellSaved(
  session: Session,
  saved: { token: ContentToken; text: string },
  wait: boolean,
): Promise<void> {
  const { terminal, now } = session.context;
  if (!session.options.json) terminal.out(saved.text);
  const token = wait ? await followToken(session, saved.token) : saved.token;
  session.answer({ ...saved, token }, () =>
    wait
      ? healthLines(token, { terminal, now: now() })
      : ['The scan goes on in the background. winesap tokens show tells how it ended.'],
  );
}
