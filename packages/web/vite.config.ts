import { env } from 'node:process';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite dev` finds a running Winesap. */
const server = `http://127.0.0.1:${env.WINESAP_PORT ?? 8470}`;

export default defineConfig({
  plugins: [react()],
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
