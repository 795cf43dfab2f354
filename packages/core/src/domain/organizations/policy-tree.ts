export interface PolicyNode {
  id: string;
  parentId: string | null;
  name: string;
  /** Children use this policy's token. */
  tokenInheritance: boolean;
  /** The policy's own token. */
  tokenId: string | null;
  uId: string | null;
}

export interface EffectiveToken {
  tokenId: string;
  source: 'own' | 'inherited';
  holderId: string;
}

/** The tree of one organization's policies. Read-only. */
export class PolicyTree {
  readonly #byId: ReadonlyMap<string, PolicyNode>;
  readonly #children = new Map<string | null, PolicyNode[]>();

  constructor(nodes: readonly PolicyNode[]) {
    this.#byId = new Map(nodes.map((node) => [node.id, node]));
    for (const node of nodes) {
      const siblings = this.#children.get(node.parentId);
      if (siblings === undefined) this.#children.set(node.parentId, [node]);
      else siblings.push(node);
    }
  }

  node(id: string): PolicyNode | null {
    return this.#byId.get(id) ?? null;
  }

  children(id: string): readonly PolicyNode[] {
    return this.#children.get(id) ?? [];
  }

  /** Returns the path from the root to the policy itself. */
  path(id: string): PolicyNode[] {
    const path: PolicyNode[] = [];
    for (let node = this.node(id); node !== null && !path.includes(node); node = this.#parent(node)) path.unshift(node);
    return path;
  }

  /** Parents before children, siblings by name. */
  ordered(): PolicyNode[] {
    const ordered: PolicyNode[] = [];
    const visit = (parentId: string | null) => {
      const siblings = [...(this.#children.get(parentId) ?? [])].sort((a, b) => a.name.localeCompare(b.name));
      for (const node of siblings) {
        ordered.push(node);
        visit(node.id);
      }
    };
    visit(null);
    return ordered;
  }

  /**
   * Returns the token that a policy uses: its own, else that of the nearest ancestor that shares its token with its
   * children.
   */
  effectiveToken(id: string): EffectiveToken | null {
    for (const node of this.path(id).reverse()) {
      if (node.tokenId === null) continue;
      if (node.id === id) return { tokenId: node.tokenId, source: 'own', holderId: node.id };
      if (node.tokenInheritance) return { tokenId: node.tokenId, source: 'inherited', holderId: node.id };
    }
    return null;
  }

  /** Returns everything below a policy. */
  descendants(id: string): PolicyNode[] {
    return this.children(id).flatMap((child) => [child, ...this.descendants(child.id)]);
  }

  /** Returns the policies that would use the token of `id` if its children inherited it, excluding `id`. */
  heirs(id: string): PolicyNode[] {
    return this.descendants(id).filter((node) => this.effectiveToken(node.id)?.holderId === id);
  }

  /** Returns the policies below that hold a token of another location: with them, inheritance can't be enabled. */
  inTheWayOfInheritance(id: string): PolicyNode[] {
    const own = this.node(id)?.uId ?? null;
    return this.descendants(id).filter((node) => node.tokenId !== null && node.uId !== own);
  }

  #parent(node: PolicyNode): PolicyNode | null {
    return node.parentId === null ? null : this.node(node.parentId);
  }
}
