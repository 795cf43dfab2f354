import type { HookState, ShownAddress } from '@winesap/core';
import type { ColumnType, Generated } from 'kysely';

type Json = ColumnType<unknown, string | null, string | null>;

export interface NotificationTables {
  hooks: {
    location_uid: string;
    path: string;
    secret: string;
    secret_mark: string;
    secret_at: Date;
    next_secret: string | null;
    next_mark: string | null;
    next_at: Date | null;
    rotation_wanted: Generated<boolean>;
    state: HookState;
    set_at: Date | null;
    shown: ShownAddress;
    shown_url: string | null;
    shown_types: Generated<string[]>;
    shown_at: Date | null;
    wanted_types: Generated<string[]>;
    types_at: Date | null;
    failure: Json;
    failed_at: Date | null;
    attempts: Generated<number>;
    next_try_at: Date | null;
    busy_until: Date | null;
    received_at: Date | null;
    refused: Generated<number>;
    refused_at: Date | null;
    refusals_logged_at: Date | null;
    logged_at: Date | null;
    scan_asked_at: Date | null;
  };
  rechecks: {
    location_uid: string;
    adam_id: string;
    pricing_param: string;
    number: Generated<number>;
    taken: boolean;
    urgent: boolean;
  };
  notifications: {
    id: Generated<number>;
    location_uid: string;
    notification_id: string;
    type: string | null;
    body: string;
    received_at: Date;
    processed_at: Date | null;
    effect: Json;
    failure: string | null;
    logged: Generated<boolean>;
  };
}
