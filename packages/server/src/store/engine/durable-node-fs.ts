import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type FsOptions = Parameters<NodeFS['init']>[1];

/** The part of the embedded engine's file system over Node that is replaced here. */
interface NodeFsModule {
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
  override async init(pg: PGlite, options: FsOptions): Promise<{ emscriptenOpts: FsOptions }> {
    const { emscriptenOpts } = await super.init(pg, options);
    const addFsync = (module: unknown) => {
      const { NODEFS } = module as NodeFsModule;
      NODEFS.stream_ops.fsync = (stream) => {
        // An error has to reach PostgreSQL as an error number, or it would take a failed write for a good one.
        NODEFS.tryFSOperation(() => {
          if (stream.nfd !== undefined) fsyncSync(stream.nfd);
          else syncFolder(NODEFS.realPath(stream.node));
        });
        return 0;
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addFsync] } };
  }
}

function syncFolder(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
