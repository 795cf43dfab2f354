import type { TreeRow } from './tree-rows.ts';

export type TreeAct = { act: 'focus'; index: number } | { act: 'open' | 'close' | 'show'; policyId: string };

/** What a key does on a row of the tree, by the keys every tree has; nothing for keys that are not the tree's. */
export function treeAct(rows: readonly TreeRow[], index: number, key: string): TreeAct | null {
  const row = rows[index];
  if (row === undefined) return null;
  const policyId = row.policy.id;
  const focus = (to: number): TreeAct => ({ act: 'focus', index: Math.min(Math.max(to, 0), rows.length - 1) });
  switch (key) {
    case 'ArrowDown':
      return focus(index + 1);
    case 'ArrowUp':
      return focus(index - 1);
    case 'Home':
      return focus(0);
    case 'End':
      return focus(rows.length - 1);
    case 'Enter':
    case ' ':
      return { act: 'show', policyId };
    case 'ArrowRight':
      if (!row.hasChildren) return null;
      return row.isOpen ? focus(index + 1) : { act: 'open', policyId };
    case 'ArrowLeft': {
      if (row.isOpen) return { act: 'close', policyId };
      const parent = rows.findIndex((each) => each.policy.id === row.policy.parentId);
      return parent < 0 ? null : focus(parent);
    }
  }
  if (key.length !== 1) return null;
  // A letter goes to the next policy that begins with it, from the top again after the last.
  const begins = (each: TreeRow) => each.policy.name.toLowerCase().startsWith(key.toLowerCase());
  const after = rows.findIndex((each, at) => at > index && begins(each));
  const hit = after >= 0 ? after : rows.findIndex(begins);
  return hit < 0 ? null : focus(hit);
}
