import type { Scan } from '@winesap/api';
import type { Columns } from '../edge/columns.ts';

export const SCAN_COLUMNS: Columns<Scan> = [
  ['queuedAt', (one) => one.queuedAt],
  ['reason', (one) => one.reason],
  ['state', (one) => one.state],
  ['seconds', (one) => one.seconds],
  ['kind', (one) => one.kind],
  ['requests', (one) => one.requests],
  ['assets', (one) => one.assets.done],
  ['assignments', (one) => one.assignments.done],
  ['assetsNew', (one) => one.changes?.assetsAdded],
  ['assetsGone', (one) => one.changes?.assetsGone],
  ['countsChanged', (one) => one.changes?.countsChanged],
  ['assigned', (one) => one.changes?.assigned],
  ['givenBack', (one) => one.changes?.unassigned],
  ['discrepancy', (one) => one.discrepancy?.text],
  ['failure', (one) => one.failure?.text],
];
