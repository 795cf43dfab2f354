import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ContentToken, routes } from '@winesap/api';
import { isScanning } from '@winesap/api/words';
import { api, problemOf } from '../../data/api.ts';
import { invalidate, readsOf } from '../../data/reads.ts';
import { showToast } from '../../parts/notes/toasts.tsx';
import { ActionButton } from '../../windows/action-button.tsx';

/** Scan Now, in any state: asks Apple whether the token works, then reads the location again. */
export function ScanNow({ token, why }: { token: ContentToken; why: string | null }) {
  const client = useQueryClient();
  const scan = useMutation({
    mutationFn: () => api.call(routes.scanToken, { params: { tokenId: token.tokenId } }),
    onError: (error) => {
      const { title, detail } = problemOf(error);
      showToast(`${title} ${detail}`);
    },
    // Apple was asked about the token even where no scan came of it.
    onSettled: () =>
      invalidate(
        client,
        routes.getPolicy,
        readsOf(routes.getToken, { params: { tokenId: token.tokenId } }),
        routes.listTokens,
      ),
  });
  return (
    <ActionButton
      variant="default"
      why={why ?? (isScanning(token.scan) ? 'A scan of this location is under way.' : null)}
      busy={scan.isPending}
      onClick={() => scan.mutate()}
    >
      Scan Now
    </ActionButton>
  );
}
