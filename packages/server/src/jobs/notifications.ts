import { answerDoubts, type Deps, processNotifications, tellNotifications } from '@winesap/core';

/** Works on what waits at a location until nothing does. While more comes in, that goes first. */
export async function notificationsJob(
  deps: Deps & { quiet(): Promise<void> },
  { uId }: { uId: string },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted && (await processNotifications(deps, uId))) await deps.quiet();
}

export async function tellNotificationsJob(deps: Deps, { uId }: { uId: string }): Promise<void> {
  await tellNotifications(deps, uId);
}

export async function doubtsJob(deps: Deps, { uId }: { uId: string }, signal: AbortSignal): Promise<void> {
  await answerDoubts(deps, uId, signal);
}
