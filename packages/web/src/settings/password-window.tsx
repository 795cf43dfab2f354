import { useMutation } from '@tanstack/react-query';
import { type Person, routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../app/api.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { tell } from '../parts/told.tsx';
import { Window } from '../parts/window.tsx';
import { NewPassword, SHORTEST_PASSWORD } from './new-password.tsx';

export function PasswordWindow({ person, onClose }: { person: Person; onClose: () => void }) {
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: () => api.call(routes.changePerson, { params: { personId: person.id }, body: { password } }),
    onSuccess: () => {
      tell(`${person.name} has a new password.`);
      onClose();
    },
  });
  const why = password.length < SHORTEST_PASSWORD ? 'The password needs at least 12 characters.' : null;

  return (
    <Window
      title="New password"
      subtitle={`${person.name}, ${person.email}`}
      onClose={onClose}
      busy={change.isPending}
      actions={
        <>
          <ActionButton variant="default" onClick={onClose}>
            Cancel
          </ActionButton>
          <ActionButton why={why} busy={change.isPending} onClick={() => change.mutate()}>
            Save
          </ActionButton>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (why === null && !change.isPending) change.mutate();
        }}
      >
        <NewPassword value={password} onChange={setPassword} />
        {change.isError && <ProblemNote problem={problemOf(change.error)} />}
      </form>
    </Window>
  );
}
