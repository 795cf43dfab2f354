import { ApiProblem } from '@winesap/api';
import type { Session } from '../session/session.ts';

/**
 * Writes a text response (CSV) to standard output as it arrives, so that a long one needs no memory. Errors:
 * api.cut-off if it breaks off.
 */
export async function copyToOutput(session: Session, response: Response): Promise<void> {
  if (response.body === null) return;
  const { signal, terminal } = session.context;
  try {
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) await terminal.write(chunk);
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiProblem(
      {
        type: 'about:blank',
        title: 'The file broke off before its end.',
        detail: 'What was written is only a part of it. The log of the server says why. Try again.',
        status: 502,
        code: 'api.cut-off',
      },
      { cause: error },
    );
  }
}
