import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { isSignedOut, problemOf } from '../data/api.ts';
import { Empty } from './notes/empty.tsx';

/** In place of a screen, or a part of one, that could not be shown. What stands around it stays. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const client = useQueryClient();
  const problem = problemOf(error);
  // The way to the sign-in has begun already; there is nothing to be told in between.
  if (isSignedOut(error)) return null;
  return (
    <>
      <title>{`${problem.title} · Winesap`}</title>
      <Empty
        wholePage
        title={problem.title}
        action={
          <Button
            onClick={() => {
              reset();
              void client.resetQueries().then(() => router.invalidate());
            }}
          >
            Try again
          </Button>
        }
      >
        {problem.detail}
      </Empty>
    </>
  );
}

export function Lost() {
  return (
    <main>
      <title>Nothing here · Winesap</title>
      <Empty wholePage title="There is nothing at this address." action={<Link to="/">Go to the overview</Link>}>
        It may have been deleted, or the link is incomplete.
      </Empty>
    </main>
  );
}
