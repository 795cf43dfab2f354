import { readAllUsers } from '../../store/users/reads/all-users.ts';
import { readUserPage } from '../../store/users/reads/users.ts';
import type { Context } from '../edge/context.ts';
import { sendCsv } from '../edge/csv.ts';
import type { HandlersOf } from '../edge/handler.ts';
import { locationOrRefuse } from '../locations/location-or-refuse.ts';
import { USER_COLUMNS } from './columns.ts';

export function userHandlers(context: Context): HandlersOf<'users'> {
  const { db } = context;
  return {
    listUsers: async ({ params, query }) => {
      await locationOrRefuse(context, params.uId);
      return readUserPage(db, params.uId, query, query);
    },
    exportUsers: async ({ params, query, reply }) => {
      await locationOrRefuse(context, params.uId);
      return sendCsv(reply, 'users', USER_COLUMNS, readAllUsers(db, params.uId, query));
    },
  };
}
