import type { Notification, NotificationHealth, Severity } from '@winesap/api';

export const HOOK_LABEL: Record<NotificationHealth['state'], string> = {
  off: 'Off',
  'not-managed': 'Not managed',
  wanted: 'On its way to Apple',
  set: 'Set at Apple',
  drifted: 'Changed at Apple',
  refused: 'Refused by Apple',
  released: 'Released',
};

const SEVERITY: Record<NotificationHealth['state'], Severity> = {
  off: 'unknown',
  'not-managed': 'unknown',
  wanted: 'unknown',
  set: 'ok',
  drifted: 'soon',
  refused: 'broken',
  released: 'unknown',
};

/** What failed in the inbox waits for a person, however well the address stands at Apple. */
export function hookSeverity({ state, failed }: NotificationHealth): Severity {
  return failed > 0 && SEVERITY[state] === 'ok' ? 'soon' : SEVERITY[state];
}

export const INBOX_LABEL: Record<Notification['state'], { severity: Severity; label: string }> = {
  waiting: { severity: 'unknown', label: 'Waiting' },
  done: { severity: 'ok', label: 'Done' },
  failed: { severity: 'broken', label: 'Failed' },
};
