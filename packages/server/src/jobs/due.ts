import { type Deps, startWhatIsDue } from '@winesap/core';

export async function dueJob(deps: Deps): Promise<void> {
  await startWhatIsDue(deps);
}
