import type { Severity } from '@winesap/api';
import type { ReactNode } from 'react';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import classes from './token-notice.module.css';

interface Props {
  severity: Severity;
  /** Left out where the words begin with what is the matter. */
  title?: string;
  children: ReactNode;
  actions?: ReactNode;
}

/** One part of the box: mark, title, words, and what can be done about it. */
export function NoticeRow({ severity, title, children, actions }: Props) {
  return (
    <div className={classes.row} data-severity={severity}>
      <SeverityMark severity={severity} size={title === undefined ? 16 : 24} />
      <div className={classes.words}>
        {title !== undefined && <h2 className={classes.title}>{title}</h2>}
        {children}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
