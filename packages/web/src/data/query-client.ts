import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, routes } from '@winesap/api';
import { isSignedOut } from './api.ts';
import { isRead } from './reads.ts';

/** Answers that another try a moment later may change. */
const PASSING = new Set([0, 502, 503, 504]);

/** The cache of everything read. A 401 from anywhere means the session is over; `onSignedOut` is told then. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const watch = (error: unknown) => {
    if (isSignedOut(error)) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        // The guard of the routes reads `me` itself and sends to the sign-in.
        if (!isRead(query, routes.getMe)) watch(error);
      },
    }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        if (mutation.meta?.signIn !== true) watch(error);
      },
    }),
    defaultOptions: {
      queries: {
        // The stream says what changed; coming back to the page need not ask again at once.
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && error instanceof ApiProblem && PASSING.has(error.problem.status),
      },
      mutations: { retry: false },
    },
  });
}
