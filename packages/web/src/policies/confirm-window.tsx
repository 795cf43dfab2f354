import type { Problem } from '@winesap/api';
import type { ReactNode } from 'react';
import { ProblemNote } from '../parts/notes/problem-note.tsx';
import { ActionButton } from '../windows/action-button.tsx';
import { Window } from '../windows/window.tsx';

interface Props {
  title: string;
  /** What the button says; it is red unless the deed is harmless. */
  button: string;
  harmless?: boolean;
  children: ReactNode;
  problem: Problem | null;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something is deleted. The body says what will and will not happen. */
export function ConfirmWindow({ title, button, harmless = false, children, problem, busy, onConfirm, onClose }: Props) {
  return (
    <Window
      title={title}
      onClose={onClose}
      busy={busy}
      actions={
        <>
          <ActionButton variant="default" onClick={onClose}>
            Cancel
          </ActionButton>
          <ActionButton variant={harmless ? 'filled' : 'danger'} busy={busy} onClick={onConfirm}>
            {button}
          </ActionButton>
        </>
      }
    >
      <div className="stack">
        {children}
        {problem !== null && <ProblemNote problem={problem} />}
      </div>
    </Window>
  );
}
