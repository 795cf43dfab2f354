import type { Role } from '@winesap/core';
import type { Kysely } from 'kysely';

/** The columns of the sign-in library's tables that we read or write ourselves. */
export interface AuthTables {
  auth_user: {
    id: string;
    name: string;
    email: string;
    role: Role;
    created_at: Date;
    updated_at: Date;
  };
  auth_account: {
    id: string;
    user_id: string;
    account_id: string;
    provider_id: string;
    password: string | null;
    created_at: Date;
    updated_at: Date;
  };
  auth_session: { id: string; user_id: string; expires_at: Date; ip_address: string | null };
  auth_api_key: {
    id: string;
    name: string | null;
    start: string | null;
    key: string;
    reference_id: string;
    enabled: boolean;
    last_request: Date | null;
    expires_at: Date | null;
    created_at: Date;
  };
}

export type AuthDb = Kysely<AuthTables>;
