import type { PolicyNode } from '@winesap/api';

/** A policy as the tree shows it, when every policy above it is open. */
export interface TreeRow {
  policy: PolicyNode;
  depth: number;
  hasChildren: boolean;
  isOpen: boolean;
}

/** The tree as rows from top to bottom, siblings by name. */
export function treeRows(policies: readonly PolicyNode[], closed: ReadonlySet<string>): TreeRow[] {
  const children = new Map<string | null, PolicyNode[]>();
  const known = new Set(policies.map((policy) => policy.id));
  for (const policy of policies) {
    // A parent this person may not see leaves its children at the top.
    const parent = policy.parentId !== null && known.has(policy.parentId) ? policy.parentId : null;
    children.set(parent, [...(children.get(parent) ?? []), policy]);
  }
  const rows: TreeRow[] = [];
  const walk = (parentId: string | null, depth: number) => {
    const here = [...(children.get(parentId) ?? [])].sort((a, b) => a.name.localeCompare(b.name));
    for (const policy of here) {
      const hasChildren = children.has(policy.id);
      const isOpen = hasChildren && !closed.has(policy.id);
      rows.push({ policy, depth, hasChildren, isOpen });
      if (isOpen) walk(policy.id, depth + 1);
    }
  };
  walk(null, 0);
  return rows;
}
