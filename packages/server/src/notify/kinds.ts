import type { ChannelKind } from '@winesap/api';
import type { SendingKind } from './channel-kind.ts';
import { email } from './email/email.ts';
import { json } from './json/json.ts';
import { slack } from './slack/slack.ts';
import { teams } from './teams/teams.ts';
import { webhook } from './webhook/webhook.ts';

/** What each kind of channel does. A kind that the API knows but that is missing here does not compile. */
const KINDS: Readonly<Record<ChannelKind, SendingKind>> = { email, slack, teams, webhook, json };

/** Returns null for a kind that this version of Winesap does not know: another version created its channels. */
export function kindNamed(name: string): SendingKind | null {
  return Object.hasOwn(KINDS, name) ? KINDS[name as ChannelKind] : null;
}
