import type { Scan } from '@winesap/api';
import { columns, ID } from '../edge/columns.ts';

export const SCAN_COLUMNS = columns<Scan>()(
  [
    ['queuedAt', (one) => one.queuedAt],
    ['reason', (one) => one.reason],
    ['state', (one) => one.state],
    ['seconds', (one) => one.seconds],
    ['kind', (one) => one.kind],
    ['requests', (one) => one.requests],
    ['assets', (one) => one.assets.done],
    ['assignments', (one) => one.assignments.done],
    ['users', (one) => one.users?.done],
    ['assetsNew', (one) => one.changes?.assetsAdded],
    ['assetsGone', (one) => one.changes?.assetsGone],
    ['countsChanged', (one) => one.changes?.countsChanged],
    ['assigned', (one) => one.changes?.assigned],
    ['givenBack', (one) => one.changes?.unassigned],
    ['discrepancy', (one) => one.discrepancy?.text],
    ['failure', (one) => one.failure?.text],
  ],
  {
    id: ID,
    tokenId: ID,
    startedAt: 'not: seconds say how long it took',
    finishedAt: 'not: seconds say how long it took',
    secondsLeft: 'not: changes within minutes',
    changes: 'countsChanged',
    assetChanges: 'not: a list within a row',
  },
);
