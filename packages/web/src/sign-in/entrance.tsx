import type { ReactNode } from 'react';
import classes from './entrance.module.css';

interface Props {
  title: string;
  lead?: ReactNode;
  /** With room for steps and a place to drop a file. */
  wide?: boolean;
  children?: ReactNode;
}

/** The frame of the pages outside the console. */
export function Entrance({ title, lead, wide = false, children }: Props) {
  return (
    <main className={classes.page}>
      <title>{`${title} · Winesap`}</title>
      <div className={classes.card} data-wide={wide || undefined}>
        <div className={classes.brand}>
          <img src="/favicon.svg" width="36" height="36" alt="" />
          <span>Winesap</span>
        </div>
        <h1 className={classes.title}>{title}</h1>
        {lead !== undefined && <p className={classes.lead}>{lead}</p>}
        {children}
      </div>
      <p className={classes.foot}>Keeps Apple Apps and Books content tokens alive.</p>
    </main>
  );
}
