import { isActive, type User } from '../../world/users/user.ts';
import { editUser, registerUser, retireUser } from '../../world/users/user-work.ts';
import { Refusal } from '../refusal.ts';
import type { TokenCall } from '../request.ts';
import { type Batched, batchAnswer, beginBatch } from './batches.ts';
import { heldLicenses } from './licenses.ts';
import { userIdOf } from './user-id.ts';
import { tellAboutUser, v1Trailer } from './v1-answer.ts';
import { flag, requiredText, text, whole } from './v1-fields.ts';

/** An active user is returned as it is. */
export function v1RegisterUser(call: TokenCall): object {
  const { body, location } = call;
  const clientUserId = requiredText(body, 'clientUserIdStr');
  const known = location.users.active(clientUserId);
  if (known !== undefined) return answer(call, known, false);
  const user = orRefuse(registerUser(location, { clientUserId, ...changesOf(call) }));
  tellAboutUser(call, 'CREATE', user);
  return answer(call, user, false);
}

export function v1GetUser(call: TokenCall): object {
  return answer(call, findUser(call, true) ?? refuse(9604), true);
}

export function v1EditUser(call: TokenCall): object {
  const user = activeUser(call);
  orRefuse(editUser(call.location, user, changesOf(call)));
  tellAboutUser(call, 'UPDATE', user);
  return answer(call, user, false);
}

export function v1RetireUser(call: TokenCall): object {
  const user = activeUser(call);
  retireUser(call.location, user, call.world.settings);
  tellAboutUser(call, 'RETIRE', user);
  return answer(call, user, true);
}

interface UsersFilter {
  readonly retired: 'none' | 'too' | 'only';
}

export function v1GetUsers(call: TokenCall): object {
  const { body, location } = call;
  const retired = flag(body, 'includeRetiredOnly') ? 'only' : flag(body, 'includeRetired') ? 'too' : 'none';
  const batch: Batched<UsersFilter> = beginBatch<UsersFilter>(call, 'users', { retired });
  // A filter of the token is the one the listing began with.
  const wanted = batch.resumed ? batch.filter.retired : retired;
  const rows = location.users.all.filter(
    (user) =>
      user.modified > (batch.since ?? -1) &&
      user.status !== 'Deleted' &&
      (wanted === 'too' || isActive(user) === (wanted === 'none')),
  );
  return batchAnswer(call, { ...batch, filter: { retired: wanted } }, 'users', rows.length, (row) => {
    const user = rows[row];
    return user === undefined ? {} : userJson(call, user, false);
  });
}

function answer(call: TokenCall, user: User, withLicenses: boolean): object {
  return { status: 0, user: userJson(call, user, withLicenses), ...v1Trailer(call) };
}

function userJson({ location, request: { origin } }: TokenCall, user: User, withLicenses: boolean): object {
  const { clientUserId, email, idHash, inviteCode, status } = user;
  const licenses = withLicenses ? heldLicenses(location, user.holder) : [];
  return {
    userId: userIdOf(location, user),
    clientUserIdStr: clientUserId,
    ...(email === undefined ? {} : { email }),
    ...(idHash === undefined ? {} : { itsIdHash: idHash }),
    ...(inviteCode === undefined || status !== 'Registered'
      ? {}
      : {
          inviteCode,
          inviteUrl: `${origin}/WebObjects/MZFinance.woa/wa/associateVPPUserWithITSAccount?inviteCode=${inviteCode}&mt=8`,
        }),
    ...(licenses.length === 0 ? {} : { licenses }),
    status,
  };
}

/** By Apple's id any user; by the client's id the active one, or with a hash the one of that account. */
function findUser({ body, location }: TokenCall, byHash: boolean): User | undefined {
  const userId = whole(body, 'userId');
  if (userId !== undefined) return location.users.all.find((user) => userIdOf(location, user) === userId);
  const clientUserId = requiredText(body, 'clientUserIdStr');
  const idHash = text(body, 'itsIdHash');
  if (!byHash || idHash === undefined) return location.users.active(clientUserId);
  const theirs = location.users.all.filter((user) => user.clientUserId === clientUserId && user.idHash === idHash);
  return theirs.find(isActive) ?? theirs.find((user) => user.status === 'Retired');
}

/** Refuses who is unknown (9609), retired (9618) or replaced (9620). */
function activeUser(call: TokenCall): User {
  const { body, location } = call;
  const found = findUser(call, false);
  if (found?.status === 'Deleted') throw new Refusal(9620);
  if (found !== undefined && isActive(found)) return found;
  const clientUserId = text(body, 'clientUserIdStr');
  const former = found ?? location.users.all.find((user) => user.clientUserId === clientUserId);
  throw new Refusal(former === undefined ? 9609 : 9618);
}

function changesOf({ body }: TokenCall): { email: string | undefined; managedAppleId: string | undefined } {
  return { email: text(body, 'email'), managedAppleId: text(body, 'managedAppleIDStr') };
}

function orRefuse(outcome: User | number): User {
  return typeof outcome === 'number' ? refuse(outcome) : outcome;
}

function refuse(errorNumber: number): never {
  throw new Refusal(errorNumber);
}
