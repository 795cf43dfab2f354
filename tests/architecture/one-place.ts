/** What only these files may use, and why. */
export interface OnePlace {
  global: string;
  /** Below these folders. */
  within: readonly string[];
  allowed: Readonly<Record<string, string>>;
}

export const ONE_PLACE: readonly OnePlace[] = [
  {
    global: 'process',
    within: ['api', 'apple-client', 'cli', 'contract', 'core', 'server', 'simulator', 'web'],
    allowed: {
      'packages/server/src/main.ts': 'hands the environment and standard error on',
      'packages/cli/src/main.ts': 'the program: arguments, streams, signals, exit code',
      'packages/simulator/src/main.ts': 'the program: arguments, streams, signals, exit code',
      'packages/server/src/store/engine/embedded/data-folder-lock.ts':
        'its own number, for the sentence a second start reads',
    },
  },
  {
    global: 'fetch',
    within: ['core', 'server'],
    allowed: {
      'packages/server/src/http/edge/fetch-icon.ts':
        'pictures from the store; the client of Apple’s service does the rest',
    },
  },
  { global: 'console', within: ['api', 'apple-client', 'core', 'server', 'web'], allowed: {} },
];
