import { PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { type FormEvent, useState } from 'react';
import { api, problemOf } from '../data/api.ts';
import { ProblemNote } from '../parts/notes/problem-note.tsx';
import { ActionButton } from '../windows/action-button.tsx';
import classes from './entrance.module.css';
import { Entrance } from './entrance.tsx';

const SHORTEST_PASSWORD = 12;

/** The first owner, made once, while there is nobody. */
export function FirstRunScreen() {
  const client = useQueryClient();
  const router = useRouter();
  const [tooShort, setTooShort] = useState(false);

  const setUp = useMutation({
    meta: { signIn: true },
    mutationFn: async (form: FormData) => {
      const text = (name: string) => String(form.get(name) ?? '').trim();
      const email = text('email');
      const password = String(form.get('password') ?? '');
      const organizationName = text('organization');
      await api.call(routes.setUp, {
        body: {
          setupCode: text('code'),
          name: text('name'),
          email,
          password,
          ...(organizationName === '' ? {} : { organizationName }),
        },
      });
      await api.call(routes.signIn, { body: { email, password, rememberMe: true } });
    },
    onSuccess: () => {
      client.clear();
      router.history.push('/');
    },
  });

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const short = String(form.get('password') ?? '').length < SHORTEST_PASSWORD;
    setTooShort(short);
    if (!short && !setUp.isPending) setUp.mutate(form);
  };

  return (
    <Entrance title="Welcome" lead="Make the first account. It owns this installation and can add other people.">
      <form className={classes.form} onSubmit={submit}>
        {setUp.isError && <ProblemNote problem={problemOf(setUp.error)} />}
        <TextInput
          name="code"
          label="Setup code"
          description="Winesap printed it in the terminal where it was started, or in the journal of its service."
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={60}
          required
          withAsterisk={false}
          autoFocus
        />
        <TextInput name="name" label="Your name" autoComplete="name" required withAsterisk={false} />
        <TextInput name="email" label="E-mail" type="email" autoComplete="username" required withAsterisk={false} />
        <PasswordInput
          name="password"
          label="Password"
          description="At least 12 characters."
          autoComplete="new-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide what is typed' }}
          error={tooShort ? 'This password is shorter than 12 characters.' : undefined}
          onChange={() => setTooShort(false)}
        />
        <TextInput
          name="organization"
          label="Organization"
          description="Whose tokens come first, your own or a customer’s. More can be added later."
          autoComplete="organization"
          maxLength={120}
        />
        <ActionButton type="submit" busy={setUp.isPending}>
          Create account
        </ActionButton>
      </form>
    </Entrance>
  );
}
