/** How the server is started from here. */
export type Serve = (options: {
  env: Readonly<Record<string, string | undefined>>;
}) => Promise<{ url: string; stop(): Promise<void> }>;

/** The server's package is big and most commands do without: it is loaded when it is wanted. */
export async function loadServe(): Promise<Serve> {
  const { serve } = (await import('@winesap/server' as string)) as { serve: Serve };
  return serve;
}
