import { AppError, type ErrorCode } from '@winesap/core';

/** Unique indexes whose violation is reported to a person, in case two requests come at the same moment. */
const CODE: Record<string, ErrorCode> = {
  organizations_name: 'organization.exists',
  policies_name: 'policy.exists',
  content_tokens_location: 'location.held',
  content_tokens_policy: 'policy.holds-token',
};

/** The same for references to rows that were removed in the meantime. */
const GONE: Record<string, ErrorCode> = {
  upload_links_created_by_id_fkey: 'person.not-found',
  calendar_feeds_created_by_id_fkey: 'person.not-found',
};

/** Turns the violation of a known unique index into its refusal; passes everything else on unchanged. */
export function refuseTaken<T>(query: Promise<T>): Promise<T> {
  return refusing(query, '23505', CODE);
}

/** Does the same for a known reference to something that no longer exists. */
export function refuseGone<T>(query: Promise<T>): Promise<T> {
  return refusing(query, '23503', GONE);
}

async function refusing<T>(query: Promise<T>, state: string, codes: Record<string, ErrorCode>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    const refusal = code === state && constraint !== undefined ? codes[constraint] : undefined;
    throw refusal === undefined ? error : new AppError(refusal, {}, { cause: error });
  }
}

/** Whether a statement failed because this unique index already has such a row. */
export function isTaken(error: unknown, index: string): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' && constraint === index;
}
