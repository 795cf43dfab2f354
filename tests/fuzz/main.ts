import process from 'node:process';
import { parseArgs } from 'node:util';
import { fuzzWorld } from './fuzz-options.ts';
import { runFuzz } from './run-fuzz.ts';

/** `npm run fuzz -- --minutes 120 --locations 132 --seed 7`: faults for hours, until Winesap believes one. */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    locations: { type: 'string', default: '3' },
    seed: { type: 'string', default: process.env.WINESAP_FUZZ_SEED ?? String(Math.floor(Math.random() * 2 ** 31)) },
    steps: { type: 'string', default: '25' },
    only: { type: 'string' },
    quiet: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const say = (line: string) => process.stdout.write(`${line}\n`);

say(`seed ${seed}`);
const outcome = await runFuzz({
  seed,
  forMs: Number(values.minutes) * 60_000,
  locations: Number(values.locations),
  stepsPerRound: Number(values.steps),
  world: fuzzWorld(seed),
  only: values.only === undefined ? null : wishedLies(values.only),
  say: values.quiet ? () => undefined : say,
});
const { violation, rounds, steps, told, memory } = outcome;
if (violation !== null)
  say(
    [
      '',
      'Steps:',
      ...violation.log,
      '',
      'Events, the last first, and lies:',
      violation.events,
      '',
      'Shown and never true:',
      ...violation.said,
    ].join('\n'),
  );

const mib = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MiB`;
for (const { minute, bytes } of memory) say(`memory ${minute.toFixed(1)} min ${mib(bytes)}`);
const warm = memory.slice(Math.floor(memory.length * 0.1), Math.ceil(memory.length * 0.2));
const last = memory.slice(Math.floor(memory.length * 0.9));
say(
  JSON.stringify({
    seed,
    rounds,
    steps,
    lies: Object.fromEntries([...told].sort()),
    violations: violation === null ? 0 : 1,
    memory: { warm: mib(median(warm)), end: mib(median(last)) },
  }),
);
process.exitCode = violation === null ? 0 : 1;

/** `none`, or names separated by commas. */
function wishedLies(text: string): ReadonlySet<string> {
  return new Set(text === 'none' ? [] : text.split(','));
}

function median(samples: readonly { bytes: number }[]): number {
  return samples.map(({ bytes }) => bytes).sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;
}
