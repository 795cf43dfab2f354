import { Link } from '@tanstack/react-router';
import type { LocationUser } from '@winesap/api';
import { plural } from '@winesap/api/words';
import type { Column } from '../../lists/long-table.tsx';
import { SeverityLabel } from '../../parts/severity-mark.tsx';
import { statusWord } from './user-words.ts';
import classes from './users.module.css';

/** Who it is, the mail address, the status, and what is held: a link to all of it. */
export function userColumns(uId: string): Column<LocationUser>[] {
  return [
    {
      id: 'user',
      label: 'user',
      names: true,
      cell: ({ clientUserId }, reach) => (
        <Link
          to="/locations/$uId"
          params={{ uId }}
          search={{ holder: clientUserId }}
          className={`${classes.link} mono`}
          aria-label={`What ${clientUserId} holds`}
          {...reach}
        >
          {clientUserId}
        </Link>
      ),
    },
    {
      id: 'email',
      label: 'mail address',
      width: '34%',
      span: true,
      cell: ({ email }) =>
        email === null ? <span className="quiet">none</span> : <span className={classes.mail}>{email}</span>,
    },
    {
      id: 'status',
      label: 'status',
      width: '150px',
      cell: ({ status, isActive, licenses }) =>
        !isActive && licenses > 0 ? <SeverityLabel severity="soon" label={statusWord(status)} /> : statusWord(status),
    },
    {
      id: 'licenses',
      label: 'holds',
      width: '130px',
      numeric: true,
      cell: ({ licenses }) =>
        licenses === 0 ? <span className="quiet">nothing</span> : <span>{plural(licenses, 'license')}</span>,
    },
  ];
}
