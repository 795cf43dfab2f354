/** The validated settings of `winesap check`. */
export interface CheckSettings {
  warnDays: number;
  criticalDays: number;
  /** Null with `--offline`. */
  appleUrl: string | null;
  timeoutMs: number;
}

export interface CheckOptionTexts {
  offline?: boolean;
  warnDays: string;
  criticalDays: string;
  appleUrl?: string;
  timeout: string;
}

/** An invalid argument. The message is a sentence. */
export class CheckUsage extends Error {}

const APPLE = 'https://vpp.itunes.apple.com';

/** Errors: CheckUsage. */
export function readCheckSettings(
  options: CheckOptionTexts,
  env: Readonly<Record<string, string | undefined>>,
): CheckSettings {
  const warnDays = wholeNumber('--warn-days', options.warnDays, 0, 3650, 'days');
  const criticalDays = wholeNumber('--critical-days', options.criticalDays, 0, 3650, 'days');
  if (criticalDays > warnDays)
    throw new CheckUsage(`--critical-days ${criticalDays} has to be at most --warn-days ${warnDays}.`);
  const seconds = wholeNumber('--timeout', options.timeout, 1, 600, 'seconds');
  const appleUrl = options.offline ? null : urlOf(options.appleUrl ?? (env.WINESAP_APPLE_URL || APPLE));
  return { warnDays, criticalDays, appleUrl, timeoutMs: seconds * 1000 };
}

function wholeNumber(option: string, text: string, from: number, to: number, unit: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw new CheckUsage(`${option} is “${text}”; it has to be a whole number of ${unit} from ${from} to ${to}.`);
}

function urlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '')
    return text.replace(/\/+$/, '');
  throw new CheckUsage(
    `“${text}” is not the address of Apple’s service; leave --apple-url and WINESAP_APPLE_URL away.`,
  );
}
