import { AppError, type ErrorCode } from '@winesap/core';

/** Unique indexes whose violation is an answer to a person, for the case that two were asked at the same moment. */
const CODE: Record<string, ErrorCode> = {
  organizations_name: 'organization.exists',
  policies_name: 'policy.exists',
  content_tokens_location: 'location.held',
  content_tokens_policy: 'policy.holds-token',
};

/** Turns the violation of a known unique index into its refusal; everything else passes as it came. */
export async function refuseTaken<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    const taken = Object.keys(CODE).find((constraint) => isTaken(error, constraint));
    const refusal = taken === undefined ? undefined : CODE[taken];
    throw refusal === undefined ? error : new AppError(refusal, {}, { cause: error });
  }
}

/** Whether a statement failed because this unique index already has such a row. */
export function isTaken(error: unknown, index: string): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' && constraint === index;
}
