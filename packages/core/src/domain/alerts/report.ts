import type { TokenState } from '../tokens/token-state.ts';

interface Where {
  tokenId: string;
  organizationId: string;
  organizationName: string;
  policyId: string | null;
  locationName: string;
}

/** Up to a maximum number of rows, the most urgent first; `total` counts all. */
export interface ReportList<T> {
  total: number;
  items: T[];
}

/** What expires, what is broken, what is low, and what changed. */
export interface Report {
  /** ISO 8601, like every instant in it. */
  from: string;
  to: string;
  days: number;
  organizationId: string | null;
  organizationName: string | null;
  tokens: { total: number; broken: number; soon: number; unknown: number; checking: number; ok: number };
  broken: ReportList<Where & { state: TokenState; label: string; cause: string; nextStep: string; since: string }>;
  expiring: ReportList<Where & { expiresAt: string; daysLeft: number }>;
  low: ReportList<
    Where & {
      adamId: string;
      pricingParam: string;
      assetName: string | null;
      available: number;
      total: number;
      readAt: string;
      /** When a scan first found it low; null if unknown. */
      since: string | null;
    }
  >;
  changes: ReportList<{
    at: string;
    kind: 'added' | 'renewed' | 'removed' | 'claim' | 'broke' | 'mended';
    tokenId: string | null;
    organizationId: string | null;
    organizationName: string | null;
    locationName: string;
    text: string;
    actor: string | null;
  }>;
}
