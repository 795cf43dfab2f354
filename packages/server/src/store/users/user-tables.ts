import type { Generated } from 'kysely';

interface UserColumns {
  location_no: number;
  client_user_id: string;
  status: string;
  email: string | null;
  id_hash: string | null;
  several: boolean;
}

/** People who can hold licenses. */
export interface UserTables {
  user_readings: {
    location_no: number;
    generation: Generated<number>;
    version: string | null;
    read_at: Date | null;
    /** A bigint, which the driver may return as text. */
    begun_after: number | string | null;
    missing_mark: string | null;
    missing_since: Date | null;
    registered: Generated<number>;
    retired: Generated<number>;
    changed: Generated<number>;
    gone: Generated<number>;
    held: Generated<number>;
    coming: Generated<number>;
    going: Generated<number>;
    wanted_until: Date | null;
  };
  users: UserColumns & { seen_in: number; gone_in: number | null };
  user_sums: { location_no: number; status: string; held: number; coming: number };
  user_overrides: { location_no: number; client_user_id: string; number: Generated<number | string>; fits: boolean };
}
