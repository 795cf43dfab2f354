export { type NoticedUser, noticedUser } from '../domain/users/noticed-user.ts';
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
export type { NameList, UserNews, Users } from '../ports/users.ts';
