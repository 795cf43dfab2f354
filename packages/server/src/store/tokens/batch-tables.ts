import type { BatchStage } from '@winesap/core';
import type { Generated } from 'kysely';

/** Token files that a person gave together. */
export interface BatchTables {
  batches: {
    id: Generated<string>;
    created_at: Date;
    created_by: string;
    created_by_id: string | null;
    touched_at: Date;
    worked_at: Date | null;
    ended_at: Date | null;
  };
  batch_files: {
    id: string;
    batch_id: string;
    position: Generated<number>;
    file_name: string | null;
    bytes: number;
    sealed: string | null;
    fingerprint: string | null;
    stage: BatchStage;
    location_uid: string | null;
    finding: unknown;
    place: unknown;
    mode: 'watch' | 'manage' | null;
    take_over_from: string | null;
    accept_older: Generated<boolean>;
    problem: unknown;
    token_id: string | null;
    token_version: number | null;
    confirmed_by: string | null;
    confirmed_by_id: string | null;
    settled_at: Date | null;
  };
}
