import type { ChannelKind } from '@winesap/api';
import type { SendingKind } from './channel-kind.ts';
import { email } from './email/email.ts';
import { json } from './json/json.ts';
import { slack } from './slack/slack.ts';
import { teams } from './teams/teams.ts';
import { webhook } from './webhook/webhook.ts';

/** What each kind of channel does. One that the API knows and that is missing here does not compile. */
const KINDS: Readonly<Record<ChannelKind, SendingKind>> = { email, slack, teams, webhook, json };

/** Null for a kind that this Winesap does not know: its channels were made by another version. */
export function kindNamed(name: string): SendingKind | null {
  return Object.hasOwn(KINDS, name) ? KINDS[name as ChannelKind] : null;
}
