import { CloseButton } from '@mantine/core';
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import classes from './window.module.css';
import { WindowContext } from './window-context.ts';

interface Props {
  title: string;
  /** One line under the title. */
  subtitle?: ReactNode;
  children: ReactNode;
  /** The buttons at the bottom, always in sight. */
  actions: ReactNode;
  onClose: () => void;
  /** While something is being saved the window cannot be closed by accident. */
  busy?: boolean;
  wide?: boolean;
}

/**
 * A window above the page: the browser's own modal dialog. It keeps the keyboard inside, closes on Escape and gives
 * the focus back to where it came from. A click beside it does nothing, so that a dropped file is not lost.
 */
export function Window({ title, subtitle, children, actions, onClose, busy = false, wide = false }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [host, setHost] = useState<HTMLDialogElement | null>(null);
  const titleId = useId();

  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const before = document.activeElement;
    element.showModal();
    setHost(element);
    return () => {
      element.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  // A second step in the same window is a new window to the reader: its title is read and the top is shown.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the title is what changed
  useLayoutEffect(() => {
    heading.current?.focus();
    dialog.current?.querySelector('[data-scroll]')?.scrollTo(0, 0);
  }, [title]);

  // What scrolls must be reached by the keyboard; what does not must not be a stop on its way.
  useLayoutEffect(() => {
    const body = dialog.current?.querySelector<HTMLElement>('[data-scroll]');
    if (body == null) return;
    const watch = new ResizeObserver(() => {
      if (body.scrollHeight > body.clientHeight) body.tabIndex = 0;
      else body.removeAttribute('tabindex');
    });
    watch.observe(body);
    for (const child of body.children) watch.observe(child);
    return () => watch.disconnect();
  }, []);

  return (
    <dialog
      ref={dialog}
      className={classes.window}
      data-wide={wide || undefined}
      aria-labelledby={titleId}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        if (!busy) onClose();
      }}
      // A browser may close a dialog on the second Escape whatever the page says.
      onClose={(event) => {
        if (event.target === event.currentTarget && !event.currentTarget.open) onClose();
      }}
    >
      <WindowContext value={host}>
        <header className={classes.head}>
          <div>
            <h2 ref={heading} id={titleId} tabIndex={-1} className={classes.title}>
              {title}
            </h2>
            {subtitle !== undefined && <p className={classes.subtitle}>{subtitle}</p>}
          </div>
          <CloseButton aria-label="Close" onClick={() => !busy && onClose()} />
        </header>
        <div className={classes.body} data-scroll>
          {children}
        </div>
        <footer className={classes.actions}>{actions}</footer>
      </WindowContext>
    </dialog>
  );
}
