import { readFileSync } from 'node:fs';
import process from 'node:process';
import Fastify from 'fastify';

/**
 * What a request costs at least: Fastify as it comes, with one route that answers the bytes of a file. `node bare-server.ts FILE`
 * prints its address when it listens.
 */
const bytes = readFileSync(process.argv[2] ?? '');
const app = Fastify();
app.get('/', (_request, reply) => reply.type('application/json; charset=utf-8').send(bytes));
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`listening at ${url}\n`);
process.on('SIGTERM', () => app.close());
