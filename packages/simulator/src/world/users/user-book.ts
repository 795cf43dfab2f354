import { createHash } from 'node:crypto';
import type { Random } from '../../random.ts';
import type { Holders } from '../assets/holders.ts';
import type { Versions } from '../versions.ts';
import { isActive, type User } from './user.ts';

/** The users of one location. Each row is also a holder of licenses. */
export class UserBook {
  readonly #rows: User[] = [];
  readonly #active = new Map<string, User>();
  readonly #byAccount = new Map<string, User>();
  readonly #holders: Holders;
  readonly #versions: Versions;
  readonly #random: Random;

  constructor(holders: Holders, versions: Versions, random: Random) {
    this.#holders = holders;
    this.#versions = versions;
    this.#random = random;
  }

  get all(): readonly User[] {
    return this.#rows;
  }

  /** The Registered or Associated user of that id. */
  active(clientUserId: string): User | undefined {
    return this.#active.get(clientUserId);
  }

  /** The active user an Apple Account is associated with. */
  byAccount(appleId: string): User | undefined {
    return this.#byAccount.get(appleId.toLowerCase());
  }

  byInvite(inviteCode: string): User | undefined {
    return this.#rows.find((user) => user.inviteCode === inviteCode && isActive(user));
  }

  create(clientUserId: string, email: string | undefined): User {
    const user: User = {
      holder: 0,
      clientUserId,
      email,
      managedAppleId: undefined,
      idHash: undefined,
      inviteCode: this.#random.bytes(16).toString('hex'),
      status: 'Registered',
      modified: this.#versions.bump('users'),
    };
    user.holder = this.#holders.addUser(user);
    this.#rows.push(user);
    this.#active.set(clientUserId, user);
    return user;
  }

  /** A user retired before and never associated comes back to life under the same row. */
  revive(clientUserId: string, email: string | undefined): User | undefined {
    const user = this.#rows.find((row) => row.clientUserId === clientUserId && row.status === 'Retired' && !row.idHash);
    if (user === undefined) return undefined;
    user.status = 'Registered';
    user.inviteCode = this.#random.bytes(16).toString('hex');
    if (email !== undefined) user.email = email;
    user.modified = this.#versions.bump('users');
    this.#active.set(clientUserId, user);
    return user;
  }

  setEmail(user: User, email: string): void {
    user.email = email;
    user.modified = this.#versions.bump('users');
  }

  /** `keepInvite`: after an accepted invitation the code may still show. */
  associate(user: User, appleId: string, keepInvite: boolean): void {
    if (user.managedAppleId !== undefined) this.#byAccount.delete(user.managedAppleId.toLowerCase());
    user.managedAppleId = appleId;
    user.idHash = idHashOf(appleId);
    user.status = 'Associated';
    if (!keepInvite) user.inviteCode = undefined;
    user.modified = this.#versions.bump('users');
    this.#byAccount.set(appleId.toLowerCase(), user);
  }

  retire(user: User): void {
    user.status = 'Retired';
    user.inviteCode = undefined;
    user.modified = this.#versions.bump('users');
    this.#active.delete(user.clientUserId);
    if (user.managedAppleId !== undefined) this.#byAccount.delete(user.managedAppleId.toLowerCase());
  }
}

/** 28 characters: Base64 of 20 bytes, the same for the same account. */
export function idHashOf(appleId: string): string {
  return createHash('sha1').update(`account ${appleId.toLowerCase()}`).digest('base64');
}
