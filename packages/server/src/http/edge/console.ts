import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../refusals/refusal.ts';

/** Serves the console's files. Every other address is one of its screens, except under /api. */
export async function serveConsole(app: FastifyInstance, consoleDir: string): Promise<void> {
  const built = existsSync(join(consoleDir, 'index.html'));
  if (built)
    await app.register(fastifyStatic, {
      root: consoleDir,
      cacheControl: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        // Built files have a content hash in their names; the page itself must always be revalidated.
        const forever = path.includes(`${join('assets', '/')}`);
        reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  app.setNotFoundHandler(async (request, reply) => {
    // A missing built file isn't a screen: after an upgrade, old pages request old files.
    const isPage = request.method === 'GET' && !/^\/(api|assets)(\/|$)/.test(request.url);
    if (!isPage) throw new Refusal('request.not-found');
    if (!built) return reply.type('text/plain').send('The console is not built. Run: npm run build\n');
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
