import type { FaultOptions } from '../faults/fault-kind.ts';
import type { FaultName } from '../faults/fault-table.ts';
import type { ClockKind } from '../time/clock.ts';
import type { Role } from '../world/account.ts';
import type { Purchase } from '../world/assets/purchase.ts';
import type { CatalogEntry } from '../world/catalog.ts';
import type { MdmInfo } from '../world/location.ts';
import type { Settings } from '../world/settings.ts';
import type { Unknowns } from '../world/unknowns.ts';
import type { LocationWanted } from '../world/world.ts';
import type {
  AssetCounts,
  EventState,
  FaultList,
  LocationRow,
  LocationRows,
  LocationState,
  NotificationRow,
  RequestReport,
  SeatCounts,
} from './answers.ts';
import { type Ask, asker } from './ask.ts';

type Instant = string | number | Date;
type Clock = { readonly now: string; readonly kind: ClockKind };
type Counted<T> = { readonly [K in keyof T]: T[K] };

/** Every route of the control surface. Without a comment a method does what CONTROL.md says of its route. */
export function controlClient(control: string) {
  const ask = asker(control);
  return { ...life(ask), ...locations(ask), ...people(ask), ...licenses(ask), ...trouble(ask), ...reports(ask) };
}

export type ControlClient = ReturnType<typeof controlClient>;

function life(ask: Ask) {
  return {
    health: () => ask.json<{ status: 'ok'; locations: number }>('GET', '/health'),
    /** The world as it was at the start, or another scenario. */
    reset: (scenario?: string) =>
      ask.json<{ locations: number }>('POST', '/reset', scenario === undefined ? {} : { scenario }),
    clock: () => ask.json<Clock>('GET', '/clock'),
    /** Resolves when everything due on the way has happened, deliveries of notifications included. */
    advance: (advanceMs: number) => ask.json<Clock>('POST', '/clock', { advanceMs }),
    setClock: (now: Instant) => ask.json<Clock>('POST', '/clock', { now: instant(now) }),
    settings: () => ask.json<Settings>('GET', '/settings'),
    changeSettings: (
      wanted: Partial<Omit<Settings, 'limits' | 'unknowns'>> & {
        limits?: Record<string, number>;
        unknowns?: Partial<Unknowns>;
      },
    ) => ask.json<Settings>('PATCH', '/settings', wanted),
    catalog: async () => (await ask.json<{ catalog: CatalogEntry[] }>('GET', '/catalog')).catalog,
  };
}

function locations(ask: Ask) {
  return {
    locations: async () => (await ask.json<{ locations: LocationRow[] }>('GET', '/locations')).locations,
    addLocation: (wanted: LocationWanted) => ask.json<LocationRow>('POST', '/locations', wanted),
    renameLocation: (uId: string, wanted: { locationName?: string; countryISO2ACode?: string }) =>
      ask.json<LocationRow>('PATCH', at`/locations/${uId}`, wanted),
    deleteLocation: (uId: string) => ask.json<object>('DELETE', at`/locations/${uId}`),
    /** The text of a fresh `.vpptoken` file; `text` imports one from elsewhere. */
    downloadToken: (
      uId: string,
      { expiresAt, ...wanted }: { appleId?: string; expiresAt?: Instant; revokeOlder?: boolean; text?: string } = {},
    ) =>
      ask.text('POST', at`/locations/${uId}/tokens`, {
        ...wanted,
        ...(expiresAt === undefined ? {} : { expiresAt: instant(expiresAt) }),
      }),
    /** A file that was downloaded before, by its number in the row of the location. */
    token: (uId: string, number = 1) => ask.text('GET', at`/locations/${uId}/tokens/${String(number)}`),
    claim: (uId: string, claim: MdmInfo | null) =>
      ask.json<{ claim: MdmInfo | null }>('POST', at`/locations/${uId}/claim`, claim),
    state: (uId: string) => ask.json<LocationState>('GET', at`/state/${uId}`),
    rows: (uId: string) => ask.json<LocationRows>('GET', at`/state/${uId}/rows`),
  };
}

function people(ask: Ask) {
  return {
    resetPassword: (appleId: string) =>
      ask.json<{ revoked: number }>('POST', at`/accounts/${appleId}/reset-password`, {}),
    setRole: (appleId: string, role: Role) =>
      ask.json<{ appleId: string; role: Role }>('POST', at`/accounts/${appleId}/role`, { role }),
    acceptInvitation: (uId: string, inviteCode: string, appleId: string) =>
      ask.json<Record<string, unknown>>('POST', at`/locations/${uId}/invitations/${inviteCode}/accept`, { appleId }),
  };
}

function licenses(ask: Ask) {
  return {
    /** Negative quantities are refunds. */
    buy: (uId: string, wanted: Purchase) => ask.json<AssetCounts>('POST', at`/locations/${uId}/purchases`, wanted),
    setSeats: (
      uId: string,
      wanted: {
        parentAdamId?: number | null;
        adamId: number;
        renewing?: number;
        expiring?: number;
        periodEndDate?: string;
      },
    ) =>
      ask.json<{ parentAdamId: number | null; adamId: number; counts: SeatCounts }>(
        'POST',
        at`/locations/${uId}/subscriptions`,
        wanted,
      ),
    transfer: (uId: string, wanted: { to: string; adamId: string; pricingParam?: 'STDQ' | 'PLUS'; quantity: number }) =>
      ask.json<{ transferred: number }>('POST', at`/locations/${uId}/transfers`, wanted),
    fill: (
      uId: string,
      wanted: { assets: number; devices: number; assignmentsPerDevice: number; spare?: number; users?: number },
    ) => ask.json<Counted<Record<string, number>>>('POST', at`/locations/${uId}/bulk`, wanted),
    churn: (uId: string, wanted: { assign?: number; unassign?: number; notify?: boolean }) =>
      ask.json<{ assigned: number; unassigned: number }>('POST', at`/locations/${uId}/churn`, wanted),
  };
}

function trouble(ask: Ask) {
  return {
    faults: () => ask.json<FaultList>('GET', '/faults'),
    /** Returns the id, by which the fault ends. */
    addFault: async (name: FaultName, options: { uId?: string; path?: string; times?: number } & FaultOptions = {}) =>
      (await ask.json<{ id: string }>('POST', '/faults', { name, ...options })).id,
    clearFaults: () => ask.json<object>('DELETE', '/faults'),
    removeFault: (id: string) => ask.json<object>('DELETE', at`/faults/${id}`),
  };
}

function reports(ask: Ask) {
  return {
    requests: () => ask.json<RequestReport>('GET', '/requests'),
    clearRequests: () => ask.json<object>('DELETE', '/requests'),
    notifications: async () =>
      (await ask.json<{ notifications: NotificationRow[] }>('GET', '/notifications')).notifications,
    event: (eventId: string) => ask.json<EventState>('GET', at`/events/${eventId}`),
  };
}

function instant(value: Instant): string | number {
  return value instanceof Date ? value.toISOString() : value;
}

/** A path with its variable parts escaped. */
function at(texts: TemplateStringsArray, ...parts: readonly string[]): string {
  return texts.map((text, i) => `${text}${encodeURIComponent(parts[i] ?? '')}`).join('');
}
