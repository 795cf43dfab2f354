import { Empty } from '../parts/notes/empty.tsx';

/** Beside the tree before anything is chosen. */
export function NoPolicy() {
  return (
    <>
      <title>Policies · Winesap</title>
      <Empty title="Choose a policy">Its Apps and Books Assets and its token settings appear here.</Empty>
    </>
  );
}
