/** The part of the embedded engine's runtime that is watched here. */
export interface EngineMachine {
  onAbort?: (what: unknown) => void;
  onExit?: (status: number) => void;
  _PostgresMainLoopOnce(): void;
  _PostgresMainLongJmp(): void;
  _PostgresSendReadyForQueryIfNecessary(): void;
  _pgl_pq_flush(): void;
}

/** With this status, PGlite's loop treats an exception as PostgreSQL's own jump to its outermost handler. */
const JUMP = 100;
/** PGlite's statuses for success: closed, and started. */
const GOOD_EXITS = [0, 99];

/**
 * Makes a PostgreSQL that gives up (PANIC: the disk is full or broken where its log has to be written) end its query
 * with an error, and calls `onEnd`. Otherwise PGlite's loop would swallow every exception that is not a jump and run
 * forever, blocking the whole process.
 */
export function endOnAbort(machine: EngineMachine, onEnd: (reason: Error) => void): void {
  const end = () => {
    const reason = new Error(
      'PostgreSQL inside this process gave up, most likely because the disk is full or failing.',
    );
    // The next iteration of the loop jumps, and the handler of the jump throws: that is the only way out of the loop.
    machine._PostgresMainLoopOnce = () => {
      throw Object.assign(new Error('ended'), { status: JUMP });
    };
    machine._PostgresMainLongJmp = () => {
      throw reason;
    };
    machine._PostgresSendReadyForQueryIfNecessary = () => {};
    machine._pgl_pq_flush = () => {};
    onEnd(reason);
  };
  machine.onAbort = end;
  machine.onExit = (status) => {
    if (!GOOD_EXITS.includes(status)) end();
  };
}
