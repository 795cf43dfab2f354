import { onTestFinished } from 'vitest';
import { type SimulatorOptions, startSimulator } from 'winesap-simulator';
import { type AppleClientOptions, createAppleClient } from '../src/index.ts';

export type AppleWorld = Awaited<ReturnType<typeof appleWorld>>;

/** Apple's side for one test, and the acts of the people around it. It closes when the test ends. */
export async function appleWorld(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ port: 0, ...options });
  onTestFinished(() => simulator.close());

  async function act<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${simulator.control}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text) as Answer;
  }

  return {
    url: simulator.url,
    act,
    /** A new location with one token. */
    async location(name = 'Main Street', organization = 'Orchard School') {
      const { uId } = await act<{ uId: string }>('POST', '/locations', { orgName: organization, locationName: name });
      const contentToken = await act<string>('POST', `/locations/${uId}/tokens`, {});
      return { uId, contentToken };
    },
    client: (contentToken: string, more: Partial<AppleClientOptions> = {}) =>
      createAppleClient({ contentToken, baseUrl: simulator.url, random: () => 0, ...more }),
    requests: () =>
      act<{ total: number; byPath: Record<string, number>; maxAtOnce: number; maxPerSecond: number }>(
        'GET',
        '/requests',
      ),
    forget: () => act('DELETE', '/requests'),
    fault: (name: string, more: object = {}) => act<{ id: string }>('POST', '/faults', { name, ...more }),
  };
}
