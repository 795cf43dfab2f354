import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

test('the program prints one line when it listens, and ends on SIGTERM', async () => {
  const child = spawn(
    process.execPath,
    [main, '--port', '0', '--page-size', '7', '--clock', 'virtual', '--no-rate-limit'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = await once(createInterface(child.stdout), 'line');
  const { url, control } = JSON.parse(line);

  const settings = (await (await fetch(`${control}/settings`)).json()) as { pageSize: number; rateLimit: boolean };
  const exited = once(child, 'exit');
  child.kill('SIGTERM');

  expect(control).toBe(`${url}/_sim`);
  expect(settings).toMatchObject({ pageSize: 7, rateLimit: false });
  expect((await exited)[0]).toBe(0);
});

test.each([[['--port', 'x']], [['--clock', 'slow']], [['--scenario', 'none']], [['--nonsense']]])(
  '%j is refused with a sentence and code 2',
  async (args) => {
    const child = spawn(process.execPath, [main, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = await once(child, 'exit');

    expect(code).toBe(2);
    expect(said).toMatch(/\w+ \w+/);
    expect(said).not.toContain('    at ');
  },
);
