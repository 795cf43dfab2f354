import type { Problem } from '@winesap/api';
import { type ReactNode, useId } from 'react';
import { ProblemNote } from '../parts/notes/problem-note.tsx';
import { ActionButton } from './action-button.tsx';
import { Window } from './window.tsx';

interface Props {
  title: string;
  subtitle?: ReactNode;
  /** What the button that does it says. */
  button?: string;
  children: ReactNode;
  /** Why it cannot be saved yet. */
  why: string | null;
  busy: boolean;
  problem: Pick<Problem, 'title' | 'detail'> | null;
  wide?: boolean;
  onSave: () => void;
  onClose: () => void;
}

/** A window with fields, Cancel and Save. Enter in a field saves as well; a refusal stands under the fields. */
export function FormWindow({ children, why, busy, problem, button = 'Save', onSave, onClose, ...window }: Props) {
  const formId = useId();
  return (
    <Window
      {...window}
      onClose={onClose}
      busy={busy}
      actions={
        <>
          <ActionButton variant="default" onClick={onClose}>
            Cancel
          </ActionButton>
          <ActionButton type="submit" form={formId} why={why} busy={busy}>
            {button}
          </ActionButton>
        </>
      }
    >
      <form
        id={formId}
        className="stack"
        autoComplete="off"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (why === null && !busy) onSave();
        }}
      >
        {children}
        {problem !== null && <ProblemNote problem={problem} />}
      </form>
    </Window>
  );
}
