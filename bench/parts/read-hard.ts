import type { ChildProcess } from 'node:child_process';
import { Agent, request } from 'node:http';
import { processorSeconds } from './program.ts';

/** What many readers at once saw, and what they cost the server. */
export interface Reading {
  requests: number;
  perSecond: number;
  /** Processor time of all threads of the server. */
  cpuMsPerRequest: number;
  p50Ms: number;
  p99Ms: number;
}

const WARM_UP_MS = 1_500;

/**
 * Reads addresses of a server for a while, so many readers at once, each waiting for its answer before it asks again. What
 * happens before everything is loaded and compiled does not count.
 * Errors: Error when an answer has another status than 200.
 */
export async function readHard(
  server: ChildProcess,
  addressOf: (number: number) => string,
  headers: Record<string, string>,
  { readers, forMs }: { readers: number; forMs: number },
): Promise<Reading> {
  const agent = new Agent({ keepAlive: true, maxSockets: readers });
  let number = 0;
  const read = () =>
    new Promise<void>((resolve, reject) => {
      const sent = request(addressOf(number++), { agent, headers }, (answer) => {
        answer.resume();
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve();
          else reject(new Error(`The server answered with ${answer.statusCode}.`));
        });
      });
      sent.on('error', reject);
      sent.end();
    });
  const readUntil = async (end: number) => {
    const ms: number[] = [];
    const one = async () => {
      for (let began = performance.now(); began < end; began = performance.now()) {
        await read();
        ms.push(performance.now() - began);
      }
    };
    await Promise.all(Array.from({ length: readers }, one));
    return ms.toSorted((a, b) => a - b);
  };
  await readUntil(performance.now() + WARM_UP_MS);
  const [began, before] = [performance.now(), processorSeconds(server)];
  const ms = await readUntil(began + forMs);
  const seconds = (performance.now() - began) / 1000;
  const processor = processorSeconds(server) - before;
  agent.destroy();
  return {
    requests: ms.length,
    perSecond: ms.length / seconds,
    cpuMsPerRequest: (processor * 1000) / ms.length,
    p50Ms: ms[Math.floor(ms.length / 2)] ?? 0,
    p99Ms: ms[Math.floor(ms.length * 0.99)] ?? 0,
  };
}
