import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Role, routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../data/api.ts';
import { invalidate } from '../data/reads.ts';
import classes from '../lists/sections.module.css';
import { showToast } from '../parts/notes/toasts.tsx';
import { FormWindow } from '../windows/form-window.tsx';
import { NewPassword, SHORTEST_PASSWORD } from './new-password.tsx';
import { RoleSelect } from './role-select.tsx';

export function AddPersonWindow({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<Role>('admin');

  const add = useMutation({
    mutationFn: () => api.call(routes.addPerson, { body: { name: name.trim(), email: email.trim(), password, role } }),
    onSuccess: async (person) => {
      showToast(`${person.name} has access now.`);
      onClose();
      await invalidate(client, routes.listPeople);
    },
  });
  const why =
    name.trim() === '' || email.trim() === ''
      ? 'Fill in name and e-mail first.'
      : password.length < SHORTEST_PASSWORD
        ? 'The password needs at least 12 characters.'
        : null;

  return (
    <FormWindow
      title="Add person"
      why={why}
      busy={add.isPending}
      problem={add.isError ? problemOf(add.error) : null}
      onSave={() => add.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        value={name}
        maxLength={120}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="E-mail"
        type="email"
        value={email}
        autoComplete="off"
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <NewPassword value={password} onChange={setPassword} />
      <div>
        <p className={classes.label} aria-hidden>
          Role
        </p>
        <div className="row">
          <RoleSelect label="Role" value={role} onChange={setRole} />
          <span className="quiet">{ABOUT[role]}</span>
        </div>
      </div>
    </FormWindow>
  );
}

const ABOUT: Record<Role, string> = {
  owner: 'does everything, also with people and organizations',
  admin: 'works with tokens and policies',
  viewer: 'looks, and changes nothing',
};
