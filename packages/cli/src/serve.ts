import type { resetPassword as ResetPassword, serve as Serve } from '@winesap/server';

export type { Serve };

/** The server's package is big and most commands do without: it is loaded when it is wanted. */
export async function loadServe(): Promise<typeof Serve> {
  return (await import('@winesap/server')).serve;
}

export async function loadResetPassword(): Promise<typeof ResetPassword> {
  return (await import('@winesap/server')).resetPassword;
}
