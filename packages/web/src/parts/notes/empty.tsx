import type { ReactNode } from 'react';
import classes from './empty.module.css';

interface Props {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** It stands for the whole page, which then has no other heading. */
  wholePage?: boolean;
}

/** Nothing to show yet: why, and the next step. */
export function Empty({ title, children, action, wholePage = false }: Props) {
  const Heading = wholePage ? 'h1' : 'h2';
  return (
    <div className={classes.empty}>
      <Heading className={classes.title}>{title}</Heading>
      {children !== undefined && <p className={classes.words}>{children}</p>}
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}
