export type Role = 'content-manager' | 'read-only' | 'none';

/** A Managed Apple Account that downloads content tokens. */
export interface Account {
  readonly appleId: string;
  role: Role;
}
