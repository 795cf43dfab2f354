import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Where `vite dev` finds a running Winesap. */
const server = `http://127.0.0.1:${env.WINESAP_PORT ?? 8470}`;

export default defineConfig({
  plugins: [react(), compressed()],
  build: {
    // The server's content security policy knows no `data:` scripts or styles: small files stay files.
    assetsInlineLimit: 0,
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    // The host stays as the browser sent it: the server refuses what comes from a page of another origin.
    proxy: { '/api': { target: server, changeOrigin: false } },
  },
});

/** Puts `name.br` and `name.gz` beside every script and style, so that the server need not compress at each request. */
function compressed(): Plugin {
  return {
    name: 'winesap-compressed',
    apply: 'build',
    async writeBundle({ dir }) {
      const folder = join(dir ?? 'dist', 'assets');
      const names = (await readdir(folder)).filter((name) => /\.(js|css)$/.test(name));
      for (const name of names) {
        const content = await readFile(join(folder, name));
        const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
        await writeFile(join(folder, `${name}.br`), await promisify(brotliCompress)(content, best));
        await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(content, { level: 9 }));
      }
    },
  };
}
