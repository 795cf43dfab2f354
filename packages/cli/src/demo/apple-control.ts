/** A location as the simulator's control surface shows it; what the demo needs of it. */
export interface AppleLocation {
  uId: string;
  orgName: string;
  locationName: string;
  managedDomain: string;
}

export interface NewLocation {
  orgName: string;
  locationName: string;
  countryISO2ACode?: string;
  kind?: 'business' | 'school';
}

export interface Purchase {
  adamId: string;
  quantity?: number;
  unlimited?: boolean;
  productType?: 'App' | 'Book';
}

/** What people do at Apple's portal, done over the simulator's control surface. */
export interface AppleControl {
  addLocation(location: NewLocation): Promise<AppleLocation>;
  /** The text of a fresh `.vpptoken` file. The default account is the organization's content manager. */
  downloadToken(uId: string, options?: { appleId?: string; expiresAt?: Date }): Promise<string>;
  buy(uId: string, purchase: Purchase): Promise<void>;
  /** Devices with assignments, and people who hold books, without a client having made them. */
  fill(
    uId: string,
    size: { assets: number; devices: number; assignmentsPerDevice: number; users?: number },
  ): Promise<void>;
  /** So many assignments change behind the client's back. */
  churn(uId: string, change: { assign?: number; unassign?: number }): Promise<void>;
  resetPassword(appleId: string): Promise<void>;
  claim(uId: string, claim: { id: string; name: string; metadata: string } | null): Promise<void>;
}

/** A client of the control surface at `…/_sim`. Errors: Error with the simulator's sentence. */
export function createAppleControl(control: string, signal?: AbortSignal): AppleControl {
  const post = async (path: string, body: unknown): Promise<Response> => {
    const response = await fetch(`${control}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: signal ?? null,
    });
    if (!response.ok) throw new Error(`The simulator refused ${path}: ${await response.text()}`);
    return response;
  };
  const tell = async (path: string, body: unknown) => {
    await (await post(path, body)).arrayBuffer();
  };
  return {
    addLocation: async (location) => (await (await post('/locations', location)).json()) as AppleLocation,
    downloadToken: async (uId, { appleId, expiresAt } = {}) =>
      await (
        await post(`/locations/${uId}/tokens`, {
          ...(appleId && { appleId }),
          ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
        })
      ).text(),
    buy: (uId, purchase) => tell(`/locations/${uId}/purchases`, purchase),
    fill: (uId, size) => tell(`/locations/${uId}/bulk`, size),
    churn: (uId, change) => tell(`/locations/${uId}/churn`, change),
    resetPassword: (appleId) => tell(`/accounts/${encodeURIComponent(appleId)}/reset-password`, {}),
    claim: (uId, claim) => tell(`/locations/${uId}/claim`, claim),
  };
}
