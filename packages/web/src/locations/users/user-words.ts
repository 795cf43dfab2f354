import type { HolderUser } from '@winesap/api';

/** Apple's word for the status, or that there is none. */
export function statusWord(status: string): string {
  return status === '' ? 'no status' : status;
}

/** `Retired · anna@orchard.example` */
export function userWords({ status, email }: HolderUser): string {
  return [statusWord(status), ...(email === null ? [] : [email])].join(' · ');
}
