import { answerDoubts, type Deps, processNotifications, tellNotifications } from '@winesap/core';

/** Works on what waits at a location until nothing does. */
export async function notificationsJob(deps: Deps, { uId }: { uId: string }, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await processNotifications(deps, uId)));
}

export async function tellNotificationsJob(deps: Deps, { uId }: { uId: string }): Promise<void> {
  await tellNotifications(deps, uId);
}

export async function doubtsJob(deps: Deps, { uId }: { uId: string }, signal: AbortSignal): Promise<void> {
  await answerDoubts(deps, uId, signal);
}
