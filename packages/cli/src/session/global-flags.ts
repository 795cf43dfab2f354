import { Option } from 'commander';

export const DEFAULT_URL = 'http://127.0.0.1:8470';

/** Options that every command takes. */
export const GLOBAL_FLAGS: readonly Option[] = [
  new Option('--url <url>', `address of the Winesap server (or WINESAP_URL; default ${DEFAULT_URL})`),
  new Option('--api-key-file <file>', 'file that holds the API key (or the key itself in WINESAP_API_KEY)'),
  new Option('--json', 'answer with one JSON document; a refusal goes to standard error as one'),
];
