import { AppError, type ErrorCode } from '@winesap/core';

/** Unique indexes whose violation is an answer to a person, for the case that two were asked at the same moment. */
const CODE: Record<string, ErrorCode> = {
  organizations_name: 'organization.exists',
  policies_name: 'policy.exists',
  content_tokens_location: 'location.held',
  content_tokens_policy: 'policy.holds-token',
};

/** The same for what is pointed at and was removed meanwhile. */
const GONE: Record<string, ErrorCode> = {
  upload_links_created_by_id_fkey: 'person.not-found',
  calendar_feeds_created_by_id_fkey: 'person.not-found',
};

/** Turns the violation of a known unique index into its refusal; everything else passes as it came. */
export function refuseTaken<T>(query: Promise<T>): Promise<T> {
  return refusing(query, '23505', CODE);
}

/** The same for a known reference to something that is not there any more. */
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
