import { randomUUID } from 'node:crypto';
import {
  type Deps,
  deliverNext,
  evaluateRules,
  type Identity,
  type Jobs,
  type Notify,
  type RuleDraft,
  type Store,
  type TokenHealth,
  type TokenState,
} from '@winesap/core';
import { sql } from 'kysely';
import { kindNamed } from '../src/notify/kinds.ts';
import { createStore } from '../src/store/create-store.ts';
import type { Database } from '../src/store/engine/open-database.ts';

const DAY_MS = 86_400_000;
const NO_JOBS = new Proxy({}, { get: () => async () => undefined }) as Jobs;
/** Seals stay readable here, because these tests are not about sealing. */
const SEAL = {
  seal: async (text: string) => text,
  open: async (text: string) => text,
  fingerprint: (text: string) => `mark of ${text}`,
} as Partial<Deps['seal']> as Deps['seal'];

/** Rules, store, and outbox over one database, on a clock that only tests advance. */
export class AlertWorld {
  readonly database: Database;
  readonly store: Store;
  readonly notify: Notify;
  now: Date;
  /** The names of all tokens' locations, in the order in which they were added. */
  readonly names: string[] = [];
  #locations = 0;

  private constructor(database: Database, notify: Notify, now: Date) {
    this.database = database;
    this.store = createStore(database.db, () => NO_JOBS);
    this.notify = notify;
    this.now = now;
  }

  static async on(database: Database, notify: Notify, now: Date): Promise<AlertWorld> {
    return new AlertWorld(database, notify, now);
  }

  get deps() {
    return {
      store: this.store,
      seal: SEAL,
      channelKinds: kindNamed,
      targets: { mayReach: async () => true },
      notify: this.notify,
      now: () => this.now,
      newId: randomUUID,
      pause: async () => {},
      settings: {
        checkEveryMs: 3_600_000,
        scanEveryMs: DAY_MS,
        confirmAfterMs: 120_000,
        keepEventsDays: 90,
        unknownAfterMs: DAY_MS,
        consoleUrl: 'https://winesap.example',
      },
    };
  }

  async evaluate(): Promise<number> {
    return evaluateRules(this.deps);
  }

  /** Sends until nothing is due. */
  async deliver(): Promise<void> {
    const busy = new Set<string>();
    while (await deliverNext(this.deps, busy));
  }

  async tick(): Promise<void> {
    await this.evaluate();
    await this.deliver();
  }

  pass(ms: number): void {
    this.now = new Date(this.now.getTime() + ms);
  }

  async addOrganization(name = `Customer ${this.#locations}`): Promise<{ organizationId: string; policyId: string }> {
    return this.store.write(async (tx) => {
      const organizationId = await tx.organizations.insert(name, this.now);
      const policyId = await tx.policies.insert({ organizationId, parentId: null, name: 'root' }, this.now);
      return { organizationId, policyId };
    });
  }

  /** Adds a token in its own organization, healthy and managed. */
  async addToken(expiresAt: Date | null): Promise<string> {
    this.#locations += 1;
    this.names.push(`Location L${this.#locations}`);
    const { organizationId, policyId } = await this.addOrganization();
    const id = randomUUID();
    await this.store.write((tx) =>
      tx.tokens.insert(
        {
          id,
          organizationId,
          policyId,
          identity: this.#identity(`L${this.#locations}`, expiresAt),
          sealed: 'sealed',
          fingerprint: 'mark of sealed',
          fileName: null,
          mode: 'manage',
          agreedClaimId: null,
          claimWanted: false,
          addedBy: 'test',
        },
        this.#health('healthy', this.now),
        this.now,
      ),
    );
    return id;
  }

  async renew(tokenId: string, expiresAt: Date): Promise<void> {
    await this.store.write(async (tx) => {
      const token = await tx.tokens.byId(tokenId);
      if (token === null) throw new Error('There is no such token.');
      const fresh = { identity: { ...token.identity, expiresAt }, sealed: 'sealed', fingerprint: 'g', fileName: null };
      await tx.tokens.renew(tokenId, token.version, { ...fresh, by: 'test' }, this.now);
    });
    await this.become(tokenId, 'healthy');
  }

  async become(tokenId: string, state: TokenState): Promise<void> {
    await this.store.write(async (tx) => {
      const token = await tx.tokens.byId(tokenId);
      if (token !== null && token.state !== state) await tx.tokens.setHealth(tokenId, this.#health(state, this.now));
    });
  }

  /** Lets the scans of all other tokens succeed, because rules evaluate them. */
  async synced(except?: string): Promise<void> {
    await this.database.db
      .updateTable('content_tokens')
      .set({ synced_at: this.now })
      .$if(except !== undefined, (query) => query.where('id', '!=', except ?? ''))
      .execute();
  }

  /** Sets another system's claim or, without a name, ours again. */
  async claimedBy(tokenId: string, name: string | null): Promise<void> {
    const columns =
      name === null
        ? ({ claim: 'ours', mdm_id: null, mdm_name: null } as const)
        : ({ claim: 'taken', mdm_id: `${name} id`, mdm_name: name } as const);
    await this.database.db.updateTable('content_tokens').set(columns).where('id', '=', tokenId).execute();
  }

  /** Sets how many of 100 licenses are available. */
  async stock(uId: string, available: number): Promise<void> {
    await sql`
      insert into assets (location_uid, adam_id, pricing_param, product_type, unlimited, total, assigned, available,
        retired, device_assignable, revocable, platforms, read_at, listed_at)
      values (${uId}, '361309726', 'STDQ', 'App', false, 100, ${100 - available}, ${available}, 0, true, true,
        '{iOS}', ${this.now}, ${this.now})
      on conflict (location_uid, adam_id, pricing_param) do update
        set assigned = excluded.assigned, available = excluded.available`.execute(this.database.db);
  }

  /** Simulates a notification from Apple to an address that it already had. */
  async notified(uId: string): Promise<void> {
    await sql`
      insert into hooks (location_uid, path, secret, secret_mark, secret_at, state, set_at, shown, received_at)
      values (${uId}, ${uId}, 'sealed', 'mark', ${this.now}, 'set', ${this.now}, 'ours', ${this.now})
      on conflict (location_uid) do update set received_at = excluded.received_at`.execute(this.database.db);
  }

  async releasesFail(tokenId: string, uId: string, holders: readonly string[]): Promise<void> {
    for (const holder of holders)
      await sql`
        insert into releases (token_id, location_uid, adam_id, pricing_param, user_held, holder, asset_name, state,
          requested_at, requested_by, finished_at, look_at, failure_code)
        values (${tokenId}, ${uId}, '361309726', 'STDQ', false, ${holder}, 'Pages', 'failed',
          ${this.now}, 'test', ${this.now}, ${this.now}, 'release.refused')`.execute(this.database.db);
  }

  async addChannel(
    timing: { quiet?: object; digest?: object; timeZone?: string } = {},
    target = 'webhook',
  ): Promise<string> {
    const id = randomUUID();
    await this.store.write((tx) =>
      tx.channels.insert(
        {
          id,
          kind: 'webhook',
          name: target,
          target,
          sealed: target,
          timing: { timeZone: 'Europe/Berlin', quiet: null, digest: { kind: 'immediately' }, ...timing } as never,
          report: null,
        },
        this.now,
      ),
    );
    return id;
  }

  async addRule(rule: Pick<RuleDraft, 'condition' | 'channelIds'> & Partial<RuleDraft>): Promise<string> {
    const draft = { name: 'Rule', enabled: true, scope: { kind: 'all' }, urgent: false } as const;
    return this.store.write((tx) =>
      tx.rules.insert({ ...draft, repeatHours: null, escalation: null, ...rule }, this.now),
    );
  }

  #identity(uId: string, expiresAt: Date | null): Identity {
    return {
      uId,
      locationName: `Location ${uId}`,
      appleId: null,
      email: null,
      organizationName: null,
      appleOrganizationId: null,
      country: 'DE',
      defaultPlatform: null,
      websiteUrl: null,
      expiresAt,
      mdmInfo: null,
    };
  }

  #health(state: TokenState, since: Date): TokenHealth {
    return {
      state,
      stateSince: since,
      failure: null,
      confirmed: false,
      refusedSince: null,
      definiteAt: since,
      checkedAt: since,
      successAt: since,
      nextCheckAt: since,
      claim: 'ours',
    };
  }
}
