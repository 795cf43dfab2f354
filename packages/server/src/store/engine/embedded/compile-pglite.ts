import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

// Declared here, because a server does not load the types of browsers.
type WasmModule = object;
declare const WebAssembly: { compile(program: Uint8Array): Promise<WasmModule> };

/** The two programs of the embedded engine, compiled; threads of this process share them. */
export interface CompiledPGlite {
  pgliteWasmModule: WasmModule;
  initdbWasmModule: WasmModule;
}

let compiled: Promise<CompiledPGlite> | undefined;

/** Compiled once per process, off its event loop, however often the engine is opened. */
export function compilePGlite(): Promise<CompiledPGlite> {
  compiled ??= compile();
  return compiled;
}

async function compile(): Promise<CompiledPGlite> {
  // V8 sometimes ends the whole process when it discards recompiled code of a program that threads share, about once in
  // a hundred openings (Node 24: “Check failed: jit_page_->allocations_.erase”). Keeping the code costs some memory.
  setFlagsFromString('--no-wasm-code-gc');
  const home = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  const program = async (name: string) => WebAssembly.compile(await readFile(join(home, name)));
  const [pgliteWasmModule, initdbWasmModule] = await Promise.all([program('pglite.wasm'), program('initdb.wasm')]);
  return { pgliteWasmModule, initdbWasmModule };
}
