import type { Timing } from './timing.ts';

export type ChannelKind = 'webhook' | 'email' | 'slack' | 'teams' | 'json';

/** What a channel needs to send. Stored sealed: addresses of chat channels are credentials, too. */
export type ChannelSettings =
  | {
      kind: 'webhook';
      url: string;
      secret: string;
      /** The secret that was changed, and until when messages are signed with it as well, as RFC 3339. */
      before?: { secret: string; until: string } | undefined;
    }
  | {
      kind: 'email';
      host: string;
      port: number;
      security: 'tls' | 'starttls' | 'none';
      user?: string | undefined;
      password?: string | undefined;
      from: string;
      to: readonly string[];
    }
  | { kind: 'slack'; url: string }
  | { kind: 'teams'; url: string }
  | { kind: 'json'; url: string; headers: Readonly<Record<string, string>>; template: string };

/** The weekly report by mail: when, and of which organization; null: of all. */
export interface ReportPlan {
  weekday: number;
  at: string;
  organizationId: string | null;
}

export interface ChannelDraft {
  name: string;
  timing: Timing;
  report: ReportPlan | null;
  settings: ChannelSettings;
}

/** What people know a channel by, without anything that opens it. */
export function targetOf(settings: ChannelSettings): string {
  return settings.kind === 'email' ? settings.to.join(', ') : hostOf(settings.url);
}

/** Whether a kept secret would go to another place than the one it was typed for. */
export function leadsElsewhere(stored: ChannelSettings, fresh: ChannelSettings): boolean {
  if (stored.kind === 'email' && fresh.kind === 'email')
    return stored.host !== fresh.host || stored.user !== fresh.user || weaker(stored.security, fresh.security);
  if (stored.kind === 'json' && fresh.kind === 'json') return originOf(stored.url) !== originOf(fresh.url);
  return false;
}

function weaker(before: string, after: string): boolean {
  return before !== 'none' && after === 'none';
}

// NOTE: this package knows no `URL`; addresses were checked where they came in.
function originOf(url: string): string {
  return /^(https?:\/\/[^/?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? url;
}

export function hostOf(url: string): string {
  return originOf(url)
    .replace(/^https?:\/\//i, '')
    .replace(/^[^@]*@/, '');
}
