import { Refusal } from '../http/refusal.ts';
import type { Token } from '../world/token.ts';
import type { Faults, Occasion } from './faults.ts';

/** Strikes where Apple throttles: throws the refusal a fault asks for, or does nothing. */
export function strikeRefusal(
  faults: Faults,
  occasion: Occasion,
  token: Token | undefined,
  write: boolean,
  since: boolean,
): void {
  if (faults.active.length === 0) return;
  const disabled = faults.active.find((fault) => fault.name === 'account-disabled');
  const appleId = disabled?.options.appleId;
  if (disabled !== undefined && (appleId === null || appleId === token?.account.appleId)) {
    refuseBy(faults.strike('account-disabled', occasion));
  }
  const terms = faults.active.find((fault) => fault.name === 'terms');
  if (terms !== undefined && (write || terms.options.scope === 'all')) refuseBy(faults.strike('terms', occasion));
  const busy = faults.strike('busy', occasion);
  if (busy !== undefined) {
    const seconds = Number(busy.options.retryAfterSeconds);
    throw new Refusal(9646, seconds > 0 ? { headers: { 'retry-after': String(seconds) } } : {});
  }
  if (faults.strike('server-error', occasion) !== undefined) throw new Refusal(9603);
  refuseBy(faults.strike('stray-refusal', occasion));
  refuseBy(faults.strike('unknown-error-number', occasion));
  if (since && faults.strike('stale-version', occasion) !== undefined) throw new Refusal(9721);
}

function refuseBy(fault: ReturnType<Faults['strike']>): void {
  if (fault === undefined) return;
  throw new Refusal(Number(fault.options.errorNumber), { status: Number(fault.options.status) });
}
