import type { Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** For every policy: itself and its ancestors. */
export async function policyPaths(trx: Transaction<Tables>): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await trx.selectFrom('policies').select(['id', 'parent_id']).execute();
  const parents = new Map(rows.map(({ id, parent_id }) => [id, parent_id]));
  return new Map(
    rows.map(({ id }) => {
      const path: string[] = [];
      for (let at: string | null = id; at !== null && !path.includes(at); at = parents.get(at) ?? null) path.push(at);
      return [id, path];
    }),
  );
}
