import type { Faults } from '../faults/faults.ts';
import type { Random } from '../random.ts';
import type { Clock } from '../time/clock.ts';
import type { Account } from './account.ts';
import { Catalog } from './catalog.ts';
import type { ChurnDone } from './churn.ts';
import { EventQueue, type Notify } from './event-queue.ts';
import { createLocation, type Location, type LocationKind, type NotificationConfig } from './location.ts';
import { createOrganization, type Organization } from './organization.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { newTokenText, readTokenText, type Token } from './token.ts';

export interface LocationWanted {
  readonly orgName: string;
  readonly locationName: string;
  readonly countryISO2ACode?: string | undefined;
  readonly kind?: LocationKind | undefined;
  readonly managedDomain?: string | undefined;
}

export interface TokenWanted {
  readonly appleId: string;
  readonly expiresAt: number;
  readonly revokeOlder: boolean;
  readonly text?: string | undefined;
}

/** Apple's side as a whole: organizations, accounts, locations, tokens, settings. Knows time, but nothing of HTTP. */
export class World {
  readonly clock: Clock;
  readonly settings: Settings = defaultSettings();
  readonly locations = new Map<string, Location>();
  readonly tokens: Token[] = [];
  readonly catalog = new Catalog();
  /** Tells whoever subscribed at the location; set where the parts are put together. */
  notify: Notify = () => undefined;
  /** Tells subscribers about changes nobody asked this API for. */
  notifyChurn: (location: Location, done: ChurnDone) => void = () => undefined;
  /** Sends a test notification and tells whether it was answered with 2xx; set where the parts are put together. */
  testReceiver: (location: Location, config: NotificationConfig) => Promise<boolean> = async () => true;
  readonly #tokensByLocation = new Map<Location, Token[]>();
  readonly #tokensByText = new Map<string, Token>();
  readonly #tokensBySecret = new Map<string, Token>();
  readonly #organizations = new Map<string, Organization>();
  readonly #accounts = new Map<string, Account>();
  readonly #salt: number;
  #locationsMade = 0;

  readonly events: EventQueue;
  readonly #faults: Faults;

  readonly random: Random;

  constructor(clock: Clock, faults: Faults, random: Random) {
    this.clock = clock;
    this.random = random;
    this.#salt = random.word();
    this.#faults = faults;
    this.events = new EventQueue(this, faults);
  }

  addLocation(wanted: LocationWanted): Location {
    const number = ++this.#locationsMade;
    const uId = `21${String(number).padStart(14, '0')}`;
    const location = createLocation({
      uId,
      locationId: 21_000_000 + number,
      organization: this.#organization(wanted.orgName, wanted.managedDomain),
      locationName: wanted.locationName,
      countryISO2ACode: (wanted.countryISO2ACode ?? 'US').toUpperCase(),
      kind: wanted.kind ?? 'business',
      salt: this.#salt,
      random: this.random,
    });
    this.locations.set(uId, location);
    location.versions.whenAssetsMove = () => this.rememberCounts(location);
    return location;
  }

  /** The location is gone; its tokens are revoked or as if they had never been. */
  deleteLocation(location: Location): void {
    this.locations.delete(location.uId);
    for (const token of this.tokensOf(location)) {
      token.revoked = true;
      if (this.settings.unknowns.tokensOfDeletedLocation === 9625) continue;
      this.#tokensByText.delete(token.text);
      if (token.secret !== undefined) this.#tokensBySecret.delete(token.secret);
    }
  }

  /** Counts are remembered while a fault lets them lag; called when it begins and after every change. */
  rememberCounts({ uId, countHistory, assets, versions }: Location): void {
    if (this.#faults.has('lagging-counts', { uId })) {
      countHistory.remember(assets.all, versions.current('assets'), this.clock.now(), this.#longestLagMs(uId));
    } else {
      countHistory.forget();
    }
  }

  #longestLagMs(uId: string): number {
    const lagging = this.#faults.allOf('lie', { uId }).filter(({ name }) => name === 'lagging-counts');
    return Math.max(...lagging.map(({ options }) => Number(options.lagMs)));
  }

  /** The account, made with the right to everything when it was not known. */
  account(appleId: string): Account {
    const key = appleId.toLowerCase();
    const known = this.#accounts.get(key);
    if (known !== undefined) return known;
    const account: Account = { appleId, role: 'content-manager' };
    this.#accounts.set(key, account);
    return account;
  }

  knowsAccount(appleId: string): boolean {
    return this.#accounts.has(appleId.toLowerCase());
  }

  /** A new token of the location. `text` imports that of a file from elsewhere; it must not be known yet. */
  downloadToken(location: Location, wanted: TokenWanted): Token {
    const { expiresAt, text = newTokenText(location, expiresAt, this.random) } = wanted;
    const token: Token = {
      text,
      location,
      account: this.account(wanted.appleId),
      createdAt: this.clock.now(),
      expiresAt: Math.floor(expiresAt / 1000) * 1000,
      secret: readTokenText(text).secret,
      revoked: false,
    };
    if (wanted.revokeOlder || this.settings.unknowns.tokenDownload === 'revokes-older') {
      for (const older of this.tokensOf(location)) older.revoked = true;
    }
    this.tokens.push(token);
    this.#tokensByLocation.set(location, [...this.tokensOf(location), token]);
    this.#tokensByText.set(token.text, token);
    if (token.secret !== undefined) this.#tokensBySecret.set(token.secret, token);
    return token;
  }

  /** The token of that text; where tokens match by content, also of another text around the same secret. */
  tokenByText(text: string): Token | undefined {
    const token = this.#tokensByText.get(text);
    if (token !== undefined || this.settings.unknowns.tokenMatch !== 'content') return token;
    const { secret } = readTokenText(text);
    return secret === undefined ? undefined : this.#tokensBySecret.get(secret);
  }

  tokensOf(location: Location): Token[] {
    return this.#tokensByLocation.get(location) ?? [];
  }

  /** A password reset: every token the account downloaded is revoked. Gives how many were alive. */
  resetPassword(appleId: string): number {
    const account = this.account(appleId);
    const alive = this.tokens.filter((token) => token.account === account && !token.revoked);
    for (const token of alive) token.revoked = true;
    return alive.length;
  }

  #organization(orgName: string, managedDomain: string | undefined): Organization {
    const known = this.#organizations.get(orgName);
    if (known !== undefined) return known;
    const organization = createOrganization(orgName, this.#organizations.size + 1, managedDomain);
    this.#organizations.set(orgName, organization);
    return organization;
  }
}

/** One year later, the life of a content token. */
export function oneYearAfter(ms: number): number {
  const date = new Date(ms);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.getTime();
}
