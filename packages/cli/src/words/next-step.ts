import type { ContentToken, Health } from '@winesap/api';
import { briefWords, healthFacts } from '@winesap/api/words';
import { shellWord } from './shell-word.ts';

type Kind = Health['nextStep']['kind'];

const SHORT: Record<Kind, string> = {
  none: '',
  renew: 'renew',
  'decide-claim': 'decide',
  'accept-terms': 'accept them in the portal',
  'give-role': 'give it the role',
  wait: 'Winesap tries again',
  'check-account': 'look into the portal',
  update: 'update Winesap',
  'check-connection': 'check the way to Apple',
};

/**
 * The cause and the next step, in a table's few columns: `password was probably reset → renew`. Empty if all is well.
 */
export function briefly(health: Health): string {
  if (health.severity === 'ok') return '';
  const [{ nextStep }] = healthFacts(health);
  return [briefWords(health), SHORT[nextStep.kind] ?? nextStep.text].filter((text) => text !== '').join(' → ');
}

/** The next step with its command. The server's own words mention the console's buttons. */
export function nextStepLines({ health, identity }: ContentToken): string[] {
  const [{ nextStep }] = healthFacts(health);
  const name = shellWord(identity.locationName ?? identity.uId);
  switch (nextStep.kind) {
    case 'none':
      return [];
    case 'renew':
      return [
        'Next step: download a fresh token file (business.apple.com or school.apple.com, your name → Preferences → Payments and Billing → content tokens), then:',
        'winesap tokens renew FILE',
      ];
    case 'decide-claim':
      return [
        'Next step: decide. To only watch it:',
        `winesap tokens mode ${name} watch`,
        'To take it over knowingly:',
        `winesap tokens mode ${name} manage --take-over-from ${shellWord(identity.claim.id ?? 'CLAIM-ID')}`,
      ];
    case 'check-connection':
      return [
        'Next step: check that this machine reaches Apple’s service on port 443, then:',
        `winesap tokens check ${name}`,
      ];
    case 'accept-terms':
    case 'give-role':
    case 'check-account':
    case 'update':
    case 'wait':
      return [`Next step: ${nextStep.text}`];
  }
}
