export { type NoticedUser, toldUser } from '../domain/users/told-user.ts';
export {
  changedUser,
  filledUser,
  isActive,
  type KnownUser,
  pickUser,
  sameUser,
  type User,
  type UserChange,
  userChange,
} from '../domain/users/user.ts';
export type { UserReading } from '../domain/users/user-reading.ts';
export type { NameList, ToldUser, Users } from '../ports/users.ts';
