/** Locks rows until the transaction ends where the port says so: in `write`, not in `read`. */
export type RowLocks = 'held' | 'none';
