import type { Health } from '@winesap/api';

type Kind = Health['nextStep']['kind'];

/** The next step in a table's few columns. */
const SHORT: Record<Kind, string> = {
  none: '',
  renew: 'renew with a fresh file',
  'decide-claim': 'take over or only watch',
  'accept-terms': 'accept terms in the portal',
  'give-role': 'give the account its role',
  wait: 'wait, Winesap tries again',
  'check-connection': 'check the way to Apple',
};

export function shortNextStep({ nextStep, severity }: Health): string {
  return severity === 'ok' ? '' : (SHORT[nextStep.kind] ?? nextStep.text);
}

/** The next step with the command for it. The server's own words speak of the console's buttons. */
export function nextStepLines({ nextStep }: Health): string[] {
  switch (nextStep.kind) {
    case 'none':
      return [];
    case 'renew':
      return [
        'Next step: download a fresh token file (business.apple.com or school.apple.com, your name → Preferences →',
        'Payments and Billing → content tokens), then: winesap tokens renew FILE',
      ];
    case 'decide-claim':
      return [
        'Next step: decide. Only watch: winesap tokens mode TOKEN watch',
        'Take over: winesap tokens mode TOKEN manage --take-over-from CLAIM-ID',
      ];
    case 'check-connection':
      return [
        'Next step: check that this machine reaches vpp.itunes.apple.com (port 443), then: winesap tokens check TOKEN',
      ];
    case 'accept-terms':
    case 'give-role':
    case 'wait':
      return [`Next step: ${nextStep.text}`];
  }
}
