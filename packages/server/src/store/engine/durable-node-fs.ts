import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { type EngineMachine, endOnAbort } from './end-on-abort.ts';

type FsOptions = Parameters<NodeFS['init']>[1];

/** The part of the embedded engine's file system over Node that is replaced here. */
interface NodeFsModule extends EngineMachine {
  NODEFS: {
    realPath(node: unknown): string;
    tryFSOperation<T>(operation: () => T): T;
    stream_ops: { fsync?: (stream: NodeStream) => number };
  };
}

interface NodeStream {
  nfd?: number;
  node: unknown;
}

/**
 * PGlite's folder on disk, with the one operation it lacks: when PostgreSQL asks for a file or a folder to be written
 * through to the disk, that happens before it is told so. Without this a power loss can undo or tear what was committed.
 */
export class DurableNodeFs extends NodeFS {
  /** Why PostgreSQL gave up, once it has: nothing can be asked of it any more. */
  ended: Error | undefined;
  readonly #sync: (fd: number) => void;

  /** `sync` writes through to the disk; anything else than the system's own is for tests of broken disks. */
  constructor(folder: string, sync: (fd: number) => void = fsyncSync) {
    super(folder);
    this.#sync = sync;
  }

  override async init(pg: PGlite, options: FsOptions): Promise<{ emscriptenOpts: FsOptions }> {
    const { emscriptenOpts } = await super.init(pg, options);
    const prepare = (module: unknown) => {
      const machine = module as NodeFsModule;
      this.#addFsync(machine);
      endOnAbort(machine, (reason) => {
        this.ended = reason;
      });
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), prepare] } };
  }

  #addFsync({ NODEFS }: NodeFsModule): void {
    NODEFS.stream_ops.fsync = (stream) => {
      // An error has to reach PostgreSQL as an error number, or it would take a failed write for a good one.
      NODEFS.tryFSOperation(() => {
        if (stream.nfd !== undefined) this.#sync(stream.nfd);
        else this.#syncFolder(NODEFS.realPath(stream.node));
      });
      return 0;
    };
  }

  #syncFolder(path: string): void {
    const fd = openSync(path, 'r');
    try {
      this.#sync(fd);
    } finally {
      closeSync(fd);
    }
  }
}
