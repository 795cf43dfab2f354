import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { ActionButton } from '../windows/action-button.tsx';

interface Props {
  list: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
  /** `alerts` */
  what: string;
  quiet?: boolean;
}

/** Reads the next page of a list that begins with the newest. Nothing when all of it is there. */
export function OlderButton({ list, what, quiet = false }: Props) {
  if (!list.hasNextPage) return null;
  return (
    <ActionButton
      variant={quiet ? 'subtle' : 'default'}
      busy={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
    >
      Show older {what}
    </ActionButton>
  );
}
