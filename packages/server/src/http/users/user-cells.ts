import { readAllUsers } from '../../store/users/reads/all-users.ts';
import type { UserFilter } from '../../store/users/reads/users.ts';
import type { Context } from '../edge/context.ts';

export const USER_COLUMNS = ['clientUserId', 'status', 'email', 'licenses'];

/** Every user of a location that the filter lets through. */
export async function* userCells(db: Context['db'], uId: string, filter: UserFilter): AsyncGenerator<unknown[]> {
  for await (const { clientUserId, status, email, licenses } of readAllUsers(db, uId, filter))
    yield [clientUserId, status, email, licenses];
}
