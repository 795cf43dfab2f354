import type { Session } from './session.ts';

/** Writes a text answer (CSV) to standard output as it arrives, so that a long one needs no memory. */
export async function copyToOutput(session: Session, response: Response): Promise<void> {
  if (response.body === null) return;
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream()))
    await session.context.terminal.write(chunk);
}
