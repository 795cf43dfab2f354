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
