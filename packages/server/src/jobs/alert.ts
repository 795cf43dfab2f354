import { type Deps, evaluateRules } from '@winesap/core';

export async function alertJob(deps: Deps): Promise<void> {
  await evaluateRules(deps);
}
