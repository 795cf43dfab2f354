/** Rows of which the port says so stay as they are read until the transaction ends: in `write`, not in `read`. */
export type RowLocks = 'held' | 'none';
