export type Role = 'owner' | 'admin' | 'viewer';

const RANK: Record<Role, number> = { viewer: 0, admin: 1, owner: 2 };

export function mayActAs(role: Role, needed: Role): boolean {
  return RANK[role] >= RANK[needed];
}
