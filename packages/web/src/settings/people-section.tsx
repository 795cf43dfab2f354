import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { type Person, type Role, routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../data/api.ts';
import { meQuery } from '../data/queries.ts';
import { query } from '../data/query.ts';
import { invalidate } from '../data/reads.ts';
import { whyNot } from '../data/why-not.ts';
import classes from '../lists/sections.module.css';
import { ProblemNote } from '../parts/notes/problem-note.tsx';
import { showToast } from '../parts/notes/toasts.tsx';
import { Ago } from '../parts/time.tsx';
import { ActionButton } from '../windows/action-button.tsx';
import { AddPersonWindow } from './add-person-window.tsx';
import { linksInWords, linksOf } from './links-of-person.ts';
import { PasswordWindow } from './password-window.tsx';
import { RemovePersonWindow } from './remove-person-window.tsx';
import { RoleSelect } from './role-select.tsx';

type Open = { kind: 'add' } | { kind: 'password' | 'remove'; person: Person };

/** Who has access, with which role. For owners. */
export function PeopleSection() {
  const client = useQueryClient();
  const { data: me } = useSuspenseQuery(meQuery);
  const why = whyNot(me, routes.listPeople);
  const { data, error } = useQuery({ ...query(routes.listPeople), enabled: why === null });
  const people = data?.people;
  const { data: links } = useQuery({ ...query(routes.listOpenLinks), enabled: why === null });
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const readAgain = () => invalidate(client, routes.listPeople);

  const changeRole = useMutation({
    mutationFn: ({ person, role }: { person: Person; role: Role }) =>
      api.call(routes.changePerson, { params: { personId: person.id }, body: { role } }),
    onSuccess: async (person) => {
      showToast(`${person.name} is ${person.role} now.`);
      await readAgain();
      if (person.id === me.id) await invalidate(client, routes.getMe);
    },
  });
  if (why !== null) return <ProblemNote problem={{ title: 'Only owners see who has access.', detail: why }} />;

  return (
    <section aria-label="People">
      <div className={classes.head}>
        <p className={classes.lead}>Owners do everything. Admins work with tokens and policies. Viewers look.</p>
        <ActionButton aria-haspopup="dialog" onClick={() => setOpen({ kind: 'add' })}>
          Add person
        </ActionButton>
      </div>
      {error !== null && <ProblemNote problem={problemOf(error)} />}
      {changeRole.isError && <ProblemNote problem={problemOf(changeRole.error)} />}
      <ul className={classes.list}>
        {people?.map((person) => (
          <li key={person.id} className={classes.item}>
            <div className={classes.who}>
              <b>
                {person.name}
                {person.id === me.id && <span className="quiet"> (you)</span>}
              </b>
              <span className="quiet">
                {person.email} · since <Ago at={person.createdAt} />
                {links !== undefined && linksInWords(linksOf(links, person.id)) !== '' && (
                  <> · made {linksInWords(linksOf(links, person.id))}</>
                )}
              </span>
            </div>
            <div className={classes.buttons}>
              <RoleSelect
                label={`Role of ${person.name}`}
                value={person.role}
                disabled={changeRole.isPending}
                onChange={(role) => changeRole.mutate({ person, role })}
              />
              <ActionButton
                variant="default"
                aria-label={`Set a new password for ${person.name}`}
                aria-haspopup="dialog"
                onClick={() => setOpen({ kind: 'password', person })}
              >
                Password…
              </ActionButton>
              <ActionButton
                variant="danger-quiet"
                aria-label={`Remove ${person.name}`}
                aria-haspopup="dialog"
                why={person.id === me.id ? 'Another owner must remove you.' : null}
                onClick={() => setOpen({ kind: 'remove', person })}
              >
                Remove…
              </ActionButton>
            </div>
          </li>
        ))}
      </ul>
      {open?.kind === 'add' && <AddPersonWindow onClose={close} />}
      {open?.kind === 'password' && <PasswordWindow person={open.person} onClose={close} />}
      {open?.kind === 'remove' && <RemovePersonWindow person={open.person} onClose={close} />}
    </section>
  );
}
