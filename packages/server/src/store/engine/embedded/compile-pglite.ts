import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

// Named here, because the types of browsers are not loaded for a server.
type WasmModule = object;
declare const WebAssembly: { compile(program: Uint8Array): Promise<WasmModule> };

/** The two programs of the embedded engine, compiled: threads of this process share them. */
export interface CompiledPGlite {
  pgliteWasmModule: WasmModule;
  initdbWasmModule: WasmModule;
}

let compiled: Promise<CompiledPGlite> | undefined;

/** Compiled once in a process, beside its event loop, however often the engine is opened. */
export function compilePGlite(): Promise<CompiledPGlite> {
  compiled ??= compile();
  return compiled;
}

async function compile(): Promise<CompiledPGlite> {
  // Throwing away code that was compiled anew is seen to end the whole process, once in some hundred openings, where
  // threads share a program (V8 of Node 24: “Check failed: jit_page_->allocations_.erase”). Kept, it costs some memory.
  setFlagsFromString('--no-wasm-code-gc');
  const home = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  const program = async (name: string) => WebAssembly.compile(await readFile(join(home, name)));
  const [pgliteWasmModule, initdbWasmModule] = await Promise.all([program('pglite.wasm'), program('initdb.wasm')]);
  return { pgliteWasmModule, initdbWasmModule };
}
