import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ContentToken, routes } from '@winesap/api';
import { api, problemOf } from '../../data/api.ts';
import { invalidate, readsOf } from '../../data/reads.ts';
import { tell } from '../../parts/notes/told.tsx';
import { ActionButton } from '../../windows/action-button.tsx';

/** Check now: asks Apple whether the token works, in any state, and says what came out. */
export function CheckNow({ token }: { token: Pick<ContentToken, 'tokenId'> }) {
  const client = useQueryClient();
  const check = useMutation({
    mutationFn: () => api.call(routes.checkToken, { params: { tokenId: token.tokenId } }),
    onSuccess: async ({ health }) => {
      tell(`Checked. ${health.title}`);
      await invalidate(
        client,
        routes.getPolicy,
        readsOf(routes.getToken, { params: { tokenId: token.tokenId } }),
        routes.listTokens,
      );
    },
    onError: (error) => {
      const { title, detail } = problemOf(error);
      tell(`${title} ${detail}`);
    },
  });
  return (
    <ActionButton variant="default" why={null} busy={check.isPending} onClick={() => check.mutate()}>
      Check now
    </ActionButton>
  );
}
