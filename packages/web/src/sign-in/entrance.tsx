import type { ReactNode } from 'react';
import classes from './entrance.module.css';

/** The frame of the two pages before the console. */
export function Entrance({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <title>{`${title} · Winesap`}</title>
      <div className={classes.card}>
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
