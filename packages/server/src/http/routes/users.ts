import { readUserPage } from '../../store/reads/users.ts';
import { sendCsv } from '../csv.ts';
import type { Handlers } from '../handler.ts';
import { USER_COLUMNS, userCells } from '../user-cells.ts';
import type { Context } from './context.ts';
import { locationOrRefuse } from './location-or-refuse.ts';

export function userHandlers(context: Context): Pick<Handlers, 'listUsers' | 'exportUsers'> {
  const { db } = context;
  return {
    listUsers: async ({ params, query }) => {
      await locationOrRefuse(context, params.uId);
      return readUserPage(db, params.uId, query, query);
    },
    exportUsers: async ({ params, query, reply }) => {
      await locationOrRefuse(context, params.uId);
      return sendCsv(reply, 'users', USER_COLUMNS, userCells(db, params.uId, query));
    },
  };
}
