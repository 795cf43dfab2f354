import { type Level, type ReceiverType, routes } from '@winesap/api';
import type { EventFilter } from '../data/queries.ts';

/** The filter as the address has it; `event` is the line that is open. */
export interface EventSearch {
  receiverType?: string | undefined;
  level?: string | undefined;
  organizationId?: string | undefined;
  policyId?: string | undefined;
  tokenId?: string | undefined;
  q?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  event?: string | undefined;
}

export const RECEIVER_TYPES = [
  'vpp-token',
  'policy',
  'organization',
  'person',
  'system',
] as const satisfies readonly ReceiverType[];
export const LEVELS = ['error', 'warning', 'info'] as const satisfies readonly Level[];

/** What of the address the server would accept; anything mistyped is left out instead of refused. */
export function filterOf(search: EventSearch): EventFilter {
  const { shape } = routes.exportEvents.query;
  const filter: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(shape)) {
    const value = search[name as keyof EventSearch];
    if (value !== undefined && field.safeParse(value).success) filter[name] = value;
  }
  return filter;
}
