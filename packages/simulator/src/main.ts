#!/usr/bin/env node
import { readOptions, usage } from './options.ts';
import { startSimulator } from './start-simulator.ts';
import { whenParentIsGone } from './when-parent-is-gone.ts';

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(usage);
  } else {
    const simulator = await startSimulator({ ...options, log: (line) => process.stderr.write(`${line}\n`) });
    process.stdout.write(`${JSON.stringify({ url: simulator.url, control: simulator.control })}\n`);
    process.stderr.write(`Portal page for people: ${simulator.control}/\n`);
    const stop = () => void simulator.close().then(() => process.exit(0));
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    if (options.exitWithParent) whenParentIsGone(() => process.ppid, stop);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}
