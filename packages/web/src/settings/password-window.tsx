import { useMutation } from '@tanstack/react-query';
import { type Person, routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../data/api.ts';
import { showToast } from '../parts/notes/toasts.tsx';
import { FormWindow } from '../windows/form-window.tsx';
import { NewPassword, SHORTEST_PASSWORD } from './new-password.tsx';

export function PasswordWindow({ person, onClose }: { person: Person; onClose: () => void }) {
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: () => api.call(routes.changePerson, { params: { personId: person.id }, body: { password } }),
    onSuccess: () => {
      showToast(`${person.name} has a new password.`);
      onClose();
    },
  });

  return (
    <FormWindow
      title="New password"
      subtitle={`${person.name}, ${person.email}`}
      why={password.length < SHORTEST_PASSWORD ? 'The password needs at least 12 characters.' : null}
      busy={change.isPending}
      problem={change.isError ? problemOf(change.error) : null}
      onSave={() => change.mutate()}
      onClose={onClose}
    >
      <NewPassword value={password} onChange={setPassword} />
      <p>
        {person.name} is signed out everywhere, and the API keys of {person.email} end.
      </p>
    </FormWindow>
  );
}
