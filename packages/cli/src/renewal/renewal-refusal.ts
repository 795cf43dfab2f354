import type { ApiProblem, RenewalPreview } from '@winesap/api';
import { refusal } from '../refusal.ts';

/** Returns why a preview can't be saved, or null if it can. */
export function renewalRefusal({ verdict, refusal: why }: RenewalPreview, acceptOlder: boolean): ApiProblem | null {
  if (verdict === 'ready' || (verdict === 'needs-consent' && acceptOlder)) return null;
  return refusal(why?.code ?? 'renewal.refused', why?.title ?? 'This file cannot renew the token.', why?.detail ?? '');
}
