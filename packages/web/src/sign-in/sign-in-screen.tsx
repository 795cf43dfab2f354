import { PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../data/api.ts';
import { setupQuery } from '../data/queries.ts';
import { ProblemNote } from '../parts/notes/problem-note.tsx';
import { ActionButton } from '../windows/action-button.tsx';
import classes from './entrance.module.css';
import { Entrance } from './entrance.tsx';

/** Whom `winesap demo` makes the owner. No secret: it opens nothing but a demo. */
const DEMO_OWNER = { email: 'owner@winesap.example', password: 'apples-keep-longer' } as const;

export function SignInScreen() {
  const { back } = useSearch({ from: '/sign-in' });
  const { data: setup } = useSuspenseQuery(setupQuery);
  const client = useQueryClient();
  const router = useRouter();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');

  const signIn = useMutation({
    meta: { signIn: true },
    mutationFn: () => api.call(routes.signIn, { body: { email: email.trim(), password, rememberMe: true } }),
    onSuccess: async () => {
      // Nothing of an earlier session may be shown to another person.
      client.clear();
      router.history.push(back ?? '/');
    },
  });

  return (
    <Entrance title="Sign in">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!signIn.isPending) signIn.mutate();
        }}
      >
        {signIn.isError && <ProblemNote problem={problemOf(signIn.error)} />}
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide what is typed' }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <ActionButton type="submit" busy={signIn.isPending}>
          Sign in
        </ActionButton>
      </form>
      {setup.demo && (
        <div className={classes.hint}>
          <p>This is the demo, thrown away at its end. Sign in with</p>
          <dl>
            <dt>E-mail</dt>
            <dd className="mono">{DEMO_OWNER.email}</dd>
            <dt>Password</dt>
            <dd className="mono">{DEMO_OWNER.password}</dd>
          </dl>
          <ActionButton
            variant="default"
            onClick={() => {
              setEmail(DEMO_OWNER.email);
              setPassword(DEMO_OWNER.password);
            }}
          >
            Fill in
          </ActionButton>
        </div>
      )}
    </Entrance>
  );
}
