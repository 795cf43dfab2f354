import type { Problem } from '@winesap/api';
import type { ReactNode } from 'react';
import { SeverityMark } from '../severity-mark.tsx';
import classes from './note.module.css';

interface Props {
  problem: Pick<Problem, 'title' | 'detail'>;
  /** What can be done about it here. */
  children?: ReactNode;
}

/** A refusal or failure in its place: what is wrong (empty when a title above says it), what follows, the next step. */
export function ProblemNote({ problem, children }: Props) {
  return (
    <div className={classes.note} data-tone="broken" role="alert">
      <SeverityMark severity="broken" size={18} />
      <div className={classes.words}>
        {problem.title !== '' && <p className={classes.title}>{problem.title}</p>}
        {problem.detail !== '' && <p>{problem.detail}</p>}
        {children !== undefined && <div className={classes.actions}>{children}</div>}
      </div>
    </div>
  );
}
