import { connect } from 'node:net';

/**
 * Sends these bytes as they are, which no HTTP client would, and gives what came until the server closed the connection.
 * `ms`: how long that took.
 */
export function rawRequest(url: string, text: string): Promise<{ answer: string; ms: number }> {
  const { hostname, port } = new URL(url);
  const from = performance.now();
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setTimeout(10_000, () => socket.destroy(new Error(`Still open after ten seconds. Came so far: ${answer}`)));
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve({ answer, ms: performance.now() - from }));
  });
}
