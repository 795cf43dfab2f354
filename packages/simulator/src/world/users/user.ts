export type UserStatus = 'Registered' | 'Associated' | 'Retired' | 'Deleted';

/** One row of `GET /users`. Several may share a `clientUserId`; at most one of them is active. */
export interface User {
  holder: number;
  readonly clientUserId: string;
  email: string | undefined;
  managedAppleId: string | undefined;
  idHash: string | undefined;
  inviteCode: string | undefined;
  status: UserStatus;
  /** Version of the last change. */
  modified: number;
}

export function isActive(user: User): boolean {
  return user.status === 'Registered' || user.status === 'Associated';
}
