import { connect } from 'node:net';
import { patience } from '@winesap/testkit';

/**
 * Sends these bytes unchanged, which no HTTP client would, and returns what arrived until the server closed the
 * connection. `ms`: how long that took.
 */
export function rawRequest(url: string, text: string): Promise<{ answer: string; ms: number }> {
  const { hostname, port } = new URL(url);
  const from = performance.now();
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    const silentMs = 10_000 * patience();
    socket.setTimeout(silentMs, () => socket.destroy(new Error(`Still open after ${silentMs} ms: ${answer}`)));
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve({ answer, ms: performance.now() - from }));
  });
}
