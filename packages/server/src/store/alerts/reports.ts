import type { Reports } from '@winesap/core';
import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { readReport } from './reads/report.ts';

/** The report within a transaction, so that the weekly email matches the page. */
export function createReports(trx: Transaction<Tables>): Reports {
  return { read: (query, now) => readReport(trx, query, now) };
}
