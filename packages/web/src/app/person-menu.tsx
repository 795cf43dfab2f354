import { Menu, useMantineColorScheme } from '@mantine/core';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { api, problemOf } from '../data/api.ts';
import { meQuery } from '../data/queries.ts';
import { showToast } from '../parts/notes/toasts.tsx';
import classes from './shell.module.css';

const THEMES = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** Who is signed in, the theme, and the way out. */
export function PersonMenu() {
  const { data: me } = useSuspenseQuery(meQuery);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const client = useQueryClient();
  const navigate = useNavigate();

  const leave = async () => {
    try {
      await api.call(routes.signOut, { body: {} });
    } catch (error) {
      showToast(problemOf(error).title);
      return;
    }
    await navigate({ to: '/sign-in' });
    client.clear();
  };

  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <button type="button" className={classes.person} aria-label={`${me.name}, ${me.role}: account menu`}>
          <span className={classes.initial} aria-hidden>
            {me.name.slice(0, 1).toUpperCase()}
          </span>
          <span className={classes.personName}>{me.email}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.name}, {me.role}
          <br />
          {me.email}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>Theme</Menu.Label>
        {THEMES.map(({ value, label }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={colorScheme === value}
            onClick={() => setColorScheme(value)}
            rightSection={colorScheme === value ? <span aria-hidden>✓</span> : null}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>Sign out</Menu.Item>
        <Menu.Divider />
        <Menu.Label>
          Winesap {me.version}
          {me.demo && ', demo'}
          <br />
          Apple’s service: {hostOf(me.appleUrl)}
        </Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
