import type {
  Checkpoint,
  ClaimState,
  Level,
  Mode,
  ReadingKind,
  ReceiverType,
  ReleaseState,
  ScanRecord,
  TokenState,
} from '@winesap/core';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { AlertTables } from './alerts/alert-tables.ts';
import type { NotificationTables } from './notifications/notification-tables.ts';
import type { BatchTables } from './tokens/batch-tables.ts';
import type { UserTables } from './users/user-tables.ts';

/** Written as JSON text, read as a value; null stays null. */
type Json<T> = ColumnType<T, string | null, string | null>;
type NotNullJson<T extends object> = JSONColumnType<T>;

export interface Tables extends AlertTables, NotificationTables, BatchTables, UserTables {
  installation: { one: Generated<boolean>; id: Generated<string> };
  organizations: { id: Generated<string>; name: string; created_at: Date };
  policies: {
    id: Generated<string>;
    organization_id: string;
    parent_id: string | null;
    name: string;
    token_inheritance: Generated<boolean>;
    created_at: Date;
  };
  locations: {
    uid: string;
    name: string | null;
    country: string | null;
    default_platform: string | null;
    website_url: string | null;
    no: Generated<number>;
    /** The visible generation of `assignments`. */
    generation: Generated<number>;
    held: Generated<number>;
    coming: Generated<number>;
    going: Generated<number>;
    wanted_until: Date | null;
  };
  content_tokens: {
    id: Generated<string>;
    organization_id: string;
    policy_id: string | null;
    location_uid: string;
    sealed: string | null;
    fingerprint: string;
    file_name: string | null;
    organization_name: string | null;
    apple_id: string | null;
    email: string | null;
    apple_organization_id: string | null;
    expires_at: Date | null;
    mode: Mode;
    version: Generated<number>;
    config_writes: Generated<number>;
    mdm_id: string | null;
    mdm_name: string | null;
    mdm_metadata: string | null;
    mdm_seen_at: Date | null;
    claim: ClaimState;
    agreed_claim_id: string | null;
    claim_wanted: Generated<boolean>;
    state: TokenState;
    state_since: Date;
    failure: Json<unknown>;
    failed_at: Date | null;
    confirmed: Generated<boolean>;
    refused_since: Date | null;
    left_out: Generated<string[]>;
    definite_at: Date | null;
    checked_at: Date | null;
    success_at: Date | null;
    synced_at: Date | null;
    next_check_at: Date;
    next_scan_at: Date | null;
    /** A bigint, which the driver may return as text. */
    scan_every_ms: number | string | null;
    scan_failures: Generated<number>;
    added_at: Date;
    added_by: string;
    renewed_at: Date | null;
    renewed_by: string | null;
    removed_at: Date | null;
    /** Set by a trigger whenever `expires_at` or `removed_at` changes. */
    expiry_revision: Generated<number>;
    expiry_revised_at: Generated<Date>;
    expiry_days: number[] | null;
    /** Set by a trigger with every change of `state`: the states it left most recently, newest last. */
    state_trail: JSONColumnType<{ state: TokenState; since: string; until: string }[], never, never>;
    /** Set by a trigger with every change of the claim. */
    claim_revision: Generated<number>;
  };
  calendar_feeds: {
    id: Generated<string>;
    name: string;
    organization_id: string | null;
    secret_hash: string;
    created_at: Date;
    created_by: string;
    created_by_id: string | null;
    last_read_at: Date | null;
  };
  scans: {
    id: Generated<string>;
    token_id: string;
    location_uid: string;
    reason: ScanRecord['reason'];
    state: ScanRecord['state'];
    queued_at: Date;
    started_at: Date | null;
    moved_at: Date;
    finished_at: Date | null;
    requests: Generated<number>;
    assets_done: Generated<number>;
    assets_total: number | null;
    assignments_done: Generated<number>;
    assignments_total: number | null;
    users_done: number | null;
    users_total: number | null;
    changes: Json<unknown>;
    asset_changes: Json<unknown>;
    failure_code: string | null;
    failure: Json<unknown>;
    kind: ReadingKind | null;
    discrepancy: Json<unknown>;
    checkpoint: Json<Checkpoint | null>;
    attempt: Generated<number>;
  };
  readings: {
    location_uid: string;
    assets_version: string;
    assignments_version: string;
    surplus: number;
    discrepancy: Json<unknown>;
    full_at: Date;
    /** A bigint, which the driver may return as text. */
    full_every_ms: number | string;
    asked_at: Date | null;
    read_at: Date;
  };
  assets: {
    location_uid: string;
    adam_id: string;
    pricing_param: string;
    product_type: string;
    unlimited: boolean;
    /** Counts are null where unknown. */
    total: number | null;
    assigned: number | null;
    available: number | null;
    retired: number | null;
    surplus: Generated<number>;
    discrepancy: Json<unknown>;
    device_assignable: boolean;
    revocable: boolean;
    platforms: string[];
    read_at: Date;
    gone_at: Date | null;
    low_since: Date | null;
    no: Generated<number>;
    /** Null: an assignment names it, and Apple has not listed it yet. */
    listed_at: Date | null;
  };
  low_thresholds: {
    id: Generated<string>;
    organization_id: string | null;
    policy_id: string | null;
    location_uid: string | null;
    adam_id: string | null;
    pricing_param: string | null;
    unit: 'licenses' | 'percent' | 'never';
    amount: number | null;
  };
  /** The counts of an asset on a day when they changed. `day` is UTC. */
  asset_days: {
    asset_no: number;
    day: string;
    read_at: Date;
    total: number | null;
    assigned: number | null;
    available: number | null;
    retired: number | null;
    unlimited: boolean;
    gone: boolean;
  };
  releases: {
    id: Generated<string>;
    token_id: string;
    location_uid: string;
    adam_id: string;
    pricing_param: string;
    user_held: boolean;
    holder: string;
    asset_name: string;
    state: ReleaseState;
    event_id: string | null;
    requested_at: Date;
    requested_by: string;
    sent_at: Date | null;
    accepted_at: Date | null;
    finished_at: Date | null;
    look_at: Date;
    asked_at: Date | null;
    failure_code: string | null;
    failure: Json<unknown>;
  };
  assignments: {
    location_no: number;
    asset_no: number;
    user_held: boolean;
    holder: string;
    seen_in: number;
    gone_in: number | null;
  };
  pass_marks: {
    location_no: number;
    no: Generated<number>;
    marks: Uint8Array;
    counts: NotNullJson<Record<string, number>>;
  };
  assignment_overrides: {
    location_no: number;
    asset_no: number;
    user_held: boolean;
    holder: string;
  };
  asset_metadata: {
    adam_id: string;
    country: string;
    name: string | null;
    bundle_id: string | null;
    icon_url: string | null;
    icon: Uint8Array | null;
    icon_type: string | null;
    read_at: Date;
    /** Answers without a name since the last one with it. */
    tries: Generated<number>;
  };
  upload_links: {
    id: Generated<string>;
    token_id: string;
    secret_hash: string;
    auto_confirm: boolean;
    created_at: Date;
    created_by: string;
    created_by_id: string | null;
    expires_at: Date;
    used_at: Date | null;
    revoked_at: Date | null;
  };
  uploads: {
    id: Generated<string>;
    link_id: string;
    token_id: string;
    file_name: string | null;
    sealed: string | null;
    fingerprint: string;
    state: 'waiting' | 'renewed' | 'declined';
    uploaded_at: Date;
    settled_at: Date | null;
    settled_by: string | null;
  };
  events: {
    id: Generated<number>;
    at: Date;
    level: Level;
    receiver_type: ReceiverType;
    receiver_name: string;
    code: string;
    text: string;
    failure: Json<unknown>;
    organization_id: string | null;
    policy_id: string | null;
    token_id: string | null;
    actor_id: string | null;
    actor_name: string | null;
    request_id: string | null;
    data: NotNullJson<Record<string, unknown>>;
  };
}
