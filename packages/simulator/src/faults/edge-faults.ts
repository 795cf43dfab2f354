import { type Answer, json, text } from '../http/answer.ts';
import { Refusal } from '../http/refusal.ts';
import type { Location } from '../world/location.ts';
import type { Unknowns } from '../world/unknowns.ts';
import type { ActiveFault, Faults, Occasion } from './faults.ts';

/** What a fault makes of a request before Apple looks at it. */
export type EdgeOutcome = { kind: 'answer'; answer: Answer } | { kind: 'hang' } | { kind: 'reset' };

/** Strikes at the edge: undefined when the request goes on. */
export function strikeEdge(
  faults: Faults,
  occasion: Occasion,
  location: Location | undefined,
  now: number,
  wording: Unknowns['errorTexts'],
): EdgeOutcome | undefined {
  if (faults.active.length === 0) return undefined;
  if (faults.strike('reset-before-accept', occasion) !== undefined) return { kind: 'reset' };
  if (faults.strike('hang', occasion) !== undefined) return { kind: 'hang' };
  const maintenance = faults.strike('maintenance', occasion);
  if (maintenance !== undefined) {
    return {
      kind: 'answer',
      answer: json(503, new Refusal(9729).body('answers', wording), retryAfter(maintenance, now)),
    };
  }
  const html = faults.strike('html-error', occasion);
  if (html !== undefined) return { kind: 'answer', answer: text(Number(html.options.status), PAGE, 'text/html') };
  if (location !== undefined) {
    const thief = faults.strike('claim-stolen', occasion);
    if (thief !== undefined) {
      const { mdmId, mdmName, mdmMetadata } = thief.options;
      location.mdmInfo = { id: String(mdmId), name: String(mdmName), metadata: String(mdmMetadata) };
    }
  }
  return undefined;
}

/** What a machine before Apple says in its place. */
export function edgeAnswer({ options }: ActiveFault): Answer {
  const status = Number(options.status);
  switch (options.form) {
    case 'html':
      return text(status, PAGE, 'text/html');
    case 'json':
      return json(status, { message: 'upstream request timeout' });
    case 'text':
      return text(status, 'upstream request timeout');
    default:
      return text(status, '');
  }
}

const PAGE =
  '<html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1><p>The server could not answer.</p></body></html>';

/** Seconds, or the HTTP date they end at by the real clock a client compares with. */
function retryAfter(fault: ActiveFault, now: number): Record<string, string> {
  const seconds = Number(fault.options.retryAfterSeconds);
  switch (fault.options.form) {
    case 'seconds':
      return { 'retry-after': String(seconds) };
    case 'date':
      return { 'retry-after': new Date(now + seconds * 1000).toUTCString() };
    default:
      return {};
  }
}
