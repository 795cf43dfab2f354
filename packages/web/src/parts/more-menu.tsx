import { Menu, type MenuProps } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './more-menu.module.css';

interface Props extends Pick<MenuProps, 'position' | 'width'> {
  /** What it offers, for who does not see the dots. */
  label: string;
  children: ReactNode;
}

/** Three dots that open a menu of rarer actions. */
export function MoreMenu({ label, children, ...place }: Props) {
  return (
    <Menu {...place}>
      <Menu.Target>
        <button type="button" className={classes.more} aria-label={label}>
          <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden>
            <circle cx="3" cy="8" r="1.500" />
            <circle cx="8" cy="8" r="1.500" />
            <circle cx="13" cy="8" r="1.500" />
          </svg>
        </button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
