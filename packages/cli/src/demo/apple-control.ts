/** A location as the simulator's control API shows it, reduced to what the demo needs. */
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

/** What people do in Apple's portal, through the simulator's control API. */
export interface AppleControl {
  addLocation(location: NewLocation): Promise<AppleLocation>;
  /** Returns the text of a new `.vpptoken` file. The default account is the organization's content manager. */
  downloadToken(uId: string, options?: { appleId?: string; expiresAt?: Date }): Promise<string>;
  buy(uId: string, purchase: Purchase): Promise<void>;
  /** Adds devices with assignments, and people who hold books, without any client. */
  fill(
    uId: string,
    size: { assets: number; devices: number; assignmentsPerDevice: number; users?: number },
  ): Promise<void>;
  /** Changes this many assignments without the client's knowledge. */
  churn(uId: string, change: { assign?: number; unassign?: number }): Promise<void>;
  resetPassword(appleId: string): Promise<void>;
  claim(uId: string, claim: { id: string; name: string; metadata: string } | null): Promise<void>;
}

/** Creates a client of the control API at `…/_sim`. Errors: Error with the simulator's message. */
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
