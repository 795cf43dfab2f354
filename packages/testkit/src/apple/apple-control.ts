/** A location as the simulator's control API shows it. */
export interface AppleLocation {
  uId: string;
  orgName: string;
  locationName: string;
  countryISO2ACode: string;
  kind: 'business' | 'school';
  managedDomain: string;
}

export interface AppleClaim {
  id: string;
  name: string;
  metadata: string;
}

export interface AppleState {
  assets: Record<string, unknown>[];
  claim: AppleClaim | null;
  notifications: { url: string | null; types: string[] };
  [name: string]: unknown;
}

/** Every row of a location, as it really is. */
export interface AppleRows {
  assignments: { adamId: string; pricingParam: string; serialNumber?: string; clientUserId?: string }[];
  users: { clientUserId: string; status: string; email: string | null }[];
}

export interface AppleRequests {
  total: number;
  byPath: Record<string, number>;
  maxAtOnce: number;
  byLocation: Record<string, { total: number; maxAtOnce: number; maxPerSecond: number; writes: number }>;
  last: { at: string; method: string; path: string; query: string; status: number; errorNumber?: number; ms: number }[];
}

export interface NewFault {
  name: string;
  uId?: string;
  path?: string;
  times?: number;
  [option: string]: string | number | boolean | undefined;
}

export interface Purchase {
  adamId: string;
  quantity?: number;
  unlimited?: boolean;
  productType?: 'App' | 'Book';
  name?: string;
  supportedPlatforms?: string[];
}

/** What happens on Apple's side without us: people at the portal, other servers, trouble. */
export interface AppleControl {
  addLocation(location: {
    orgName: string;
    locationName: string;
    countryISO2ACode?: string;
    kind?: 'business' | 'school';
  }): Promise<AppleLocation>;
  renameLocation(uId: string, locationName: string): Promise<void>;
  /**
   * Returns the text of a new `.vpptoken` file, by default for the organization's content manager and valid for a year.
   */
  tokenFile(uId: string, options?: { appleId?: string; expiresAt?: Date; revokeOlder?: boolean }): Promise<string>;
  resetPassword(appleId: string): Promise<void>;
  setRole(appleId: string, role: 'content-manager' | 'read-only' | 'none'): Promise<void>;
  buy(uId: string, purchase: Purchase): Promise<void>;
  fill(
    uId: string,
    size: { assets: number; devices: number; assignmentsPerDevice: number; spare?: number; users?: number },
  ): Promise<void>;
  churn(uId: string, change: { assign?: number; unassign?: number; notify?: boolean }): Promise<void>;
  claim(uId: string, claim: AppleClaim | null): Promise<void>;
  /** Lets a user accept an invitation with an Apple Account. */
  acceptInvitation(uId: string, inviteCode: string, appleId: string): Promise<void>;
  fault(fault: NewFault): Promise<string>;
  endFault(faultId: string): Promise<void>;
  endFaults(): Promise<void>;
  faults(): Promise<{ active: { id: string }[] }>;
  /** Whether a fault is still pending; one with `times` ends after striking that often. */
  isPending(faultId: string): Promise<boolean>;
  requests(): Promise<AppleRequests>;
  forgetRequests(): Promise<void>;
  state(uId: string): Promise<AppleState>;
  rows(uId: string): Promise<AppleRows>;
  settings(change: Record<string, unknown>): Promise<void>;
  advance(ms: number): Promise<void>;
}

/** Creates a client of the simulator's control API. Errors: Error with the simulator's own message. */
export function createAppleControl(control: string): AppleControl {
  const send = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await fetch(control + path, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`The simulator refused ${method} ${path}: ${await response.text()}`);
    return response;
  };
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
    (await (await send(method, path, body)).json()) as T;
  const tell = async (method: string, path: string, body?: unknown): Promise<void> => {
    await (await send(method, path, body)).arrayBuffer();
  };
  const account = (appleId: string) => `/accounts/${encodeURIComponent(appleId)}`;

  return {
    addLocation: (location) => ask('POST', '/locations', location),
    renameLocation: (uId, locationName) => tell('PATCH', `/locations/${uId}`, { locationName }),
    tokenFile: async (uId, { appleId, expiresAt, revokeOlder } = {}) =>
      (
        await send('POST', `/locations/${uId}/tokens`, {
          ...(appleId === undefined ? {} : { appleId }),
          ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
          ...(revokeOlder === undefined ? {} : { revokeOlder }),
        })
      ).text(),
    resetPassword: (appleId) => tell('POST', `${account(appleId)}/reset-password`),
    setRole: (appleId, role) => tell('POST', `${account(appleId)}/role`, { role }),
    buy: (uId, purchase) => tell('POST', `/locations/${uId}/purchases`, purchase),
    fill: (uId, size) => tell('POST', `/locations/${uId}/bulk`, size),
    churn: (uId, change) => tell('POST', `/locations/${uId}/churn`, change),
    claim: (uId, claim) => tell('POST', `/locations/${uId}/claim`, claim),
    acceptInvitation: (uId, inviteCode, appleId) =>
      tell('POST', `/locations/${uId}/invitations/${inviteCode}/accept`, { appleId }),
    fault: async (fault) => (await ask<{ id: string }>('POST', '/faults', fault)).id,
    endFault: (faultId) => tell('DELETE', `/faults/${faultId}`),
    endFaults: () => tell('DELETE', '/faults'),
    faults: () => ask('GET', '/faults'),
    isPending: async (faultId) => {
      const { active } = await ask<{ active: { id: string }[] }>('GET', '/faults');
      return active.some(({ id }) => id === faultId);
    },
    requests: () => ask('GET', '/requests'),
    forgetRequests: () => tell('DELETE', '/requests'),
    state: (uId) => ask('GET', `/state/${uId}`),
    rows: (uId) => ask('GET', `/state/${uId}/rows`),
    settings: (change) => tell('PATCH', '/settings', change),
    advance: (advanceMs) => tell('POST', '/clock', { advanceMs }),
  };
}

/** The account that downloads a location's tokens by default. */
export function contentManagerOf(location: AppleLocation): string {
  return `content@${location.managedDomain}`;
}
