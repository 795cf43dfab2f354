import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import { type MouseEvent, type ReactNode, useContext, useId } from 'react';
import { WindowContext } from './window-context.ts';

interface Props extends ButtonProps {
  children: ReactNode;
  /** Why it cannot be used now. It then stays where it is, can be reached, says why, and does nothing. */
  why?: string | null | undefined;
  onClick?: (event: MouseEvent<HTMLButtonElement>) => void;
  type?: 'button' | 'submit';
  /** The form it submits, when it stands outside of it. */
  form?: string;
  /** Work is under way: the button keeps its size and cannot be pressed again. */
  busy?: boolean;
  'aria-label'?: string;
  'aria-haspopup'?: 'dialog';
}

/** A button that says why it cannot be used. */
export function ActionButton({ why, onClick, children, busy = false, type = 'button', ...rest }: Props) {
  const reasonId = useId();
  const host = useContext(WindowContext);
  const off = typeof why === 'string';
  const button = (
    <Button
      {...rest}
      type={type}
      aria-disabled={off || busy || undefined}
      aria-busy={busy || undefined}
      aria-describedby={off ? reasonId : undefined}
      onClick={(event) => {
        if (off || busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {children}
      {off && (
        <span id={reasonId} className="unseen" aria-hidden>
          {why}
        </span>
      )}
    </Button>
  );
  return off ? (
    <Tooltip label={why} {...(host === null ? {} : { portalProps: { target: host } })}>
      {button}
    </Tooltip>
  ) : (
    button
  );
}
