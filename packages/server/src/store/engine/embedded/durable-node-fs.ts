import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { type EngineMachine, endOnAbort } from '../end-on-abort.ts';

type FsOptions = Parameters<NodeFS['init']>[1];

/** The part of the embedded engine's Node file system that is replaced here. */
interface NodeFsModule extends EngineMachine {
  NODEFS: {
    realPath(node: unknown): string;
    tryFSOperation<T>(operation: () => T): T;
    node_ops: {
      mknod(parent: unknown, name: string, mode: number, device: number): unknown;
      setattr(node: unknown, change: Attributes): void;
    };
    stream_ops: {
      fsync?: (stream: NodeStream) => number;
      setattr(stream: NodeStream, change: Attributes): void;
    };
  };
}

interface Attributes {
  mode?: number | null;
}

interface NodeStream {
  nfd?: number;
  node: unknown;
}

/** The permission bits of the group and of all others. */
const OTHERS = 0o077;

/**
 * PGlite's folder on disk, plus the one operation that it lacks: when PostgreSQL asks to flush a file or a folder, the
 * flush completes before PostgreSQL continues. Without this, a power loss can undo or tear committed data. Files and
 * folders are created for their owner only, whereas PGlite would let everyone read and write them.
 */
export class DurableNodeFs extends NodeFS {
  /** Why PostgreSQL gave up, if it has: it answers nothing after that. */
  ended: Error | undefined;
  readonly #sync: (fd: number) => void;

  /** `sync` flushes to disk; anything but the system's own function is for tests of broken disks. */
  constructor(folder: string, sync: (fd: number) => void = fsyncSync) {
    super(folder);
    this.#sync = sync;
  }

  override async init(pg: PGlite, options: FsOptions): Promise<{ emscriptenOpts: FsOptions }> {
    const { emscriptenOpts } = await super.init(pg, options);
    const prepare = (module: unknown) => {
      const machine = module as NodeFsModule;
      this.#addFsync(machine);
      keepToOwner(machine);
      endOnAbort(machine, (reason) => {
        this.ended = reason;
      });
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), prepare] } };
  }

  #addFsync({ NODEFS }: NodeFsModule): void {
    NODEFS.stream_ops.fsync = (stream) => {
      // An error has to reach PostgreSQL as an error number, or it would treat a failed write as a success.
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

function keepToOwner({ NODEFS }: NodeFsModule): void {
  const { mknod, setattr } = NODEFS.node_ops;
  const setStreamAttr = NODEFS.stream_ops.setattr;
  const closed = (change: Attributes): Attributes =>
    typeof change.mode === 'number' ? { ...change, mode: change.mode & ~OTHERS } : change;
  NODEFS.node_ops.mknod = (parent, name, mode, device) => mknod(parent, name, mode & ~OTHERS, device);
  NODEFS.node_ops.setattr = (node, change) => setattr(node, closed(change));
  NODEFS.stream_ops.setattr = (stream, change) => setStreamAttr(stream, closed(change));
}
