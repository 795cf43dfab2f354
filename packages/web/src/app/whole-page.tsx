import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { Empty } from '../parts/empty.tsx';
import { isSignedOut, problemOf } from './api.ts';

/** In place of a page that could not be shown. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const client = useQueryClient();
  const problem = problemOf(error);
  // The way to the sign-in has begun already; there is nothing to be told in between.
  if (isSignedOut(error)) return null;
  return (
    <main>
      <Empty
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
    </main>
  );
}

export function Lost() {
  return (
    <main>
      <Empty title="There is nothing at this address." action={<Link to="/">Go to the overview</Link>}>
        It may have been deleted, or the link is incomplete.
      </Empty>
    </main>
  );
}
