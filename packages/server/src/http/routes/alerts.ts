import type { NewChannel } from '@winesap/api';
import {
  acknowledgeAlert,
  addChannel,
  addRule,
  changeRule,
  type Deps,
  deleteChannel,
  deleteRule,
  sendTest,
} from '@winesap/core';
import { readAlerts, readRules } from '../../store/reads/alerts.ts';
import { readChannels, readDeliveries } from '../../store/reads/channels.ts';
import type { Handlers } from '../handler.ts';
import type { Context } from './context.ts';

type Ids =
  | 'listChannels'
  | 'addChannel'
  | 'removeChannel'
  | 'testChannel'
  | 'listDeliveries'
  | 'listRules'
  | 'addRule'
  | 'changeRule'
  | 'removeRule'
  | 'listAlerts'
  | 'acknowledgeAlert';

export function alertHandlers({ deps, db }: Context): Pick<Handlers, Ids> {
  return {
    listChannels: async () => ({ channels: await readChannels(db) }),
    addChannel: async ({ body }) => addNewChannel(deps, body),
    removeChannel: ({ params }) => deleteChannel(deps, params.channelId) as Promise<undefined>,
    testChannel: async ({ params }) => ({ deliveryId: await sendTest(deps, params.channelId) }),
    listDeliveries: async ({ params }) => ({ deliveries: await readDeliveries(db, params.channelId) }),
    listRules: async () => ({ rules: await readRules(db) }),
    addRule: async ({ body }) => ({ id: await addRule(deps, body) }),
    changeRule: ({ params, body }) => changeRule(deps, params.ruleId, body) as Promise<undefined>,
    removeRule: ({ params }) => deleteRule(deps, params.ruleId) as Promise<undefined>,
    listAlerts: async ({ query }) => ({ alerts: await readAlerts(db, query) }),
    acknowledgeAlert: ({ params, actor }) => acknowledgeAlert(deps, params.alertId, actor) as Promise<undefined>,
  };
}

async function addNewChannel(deps: Deps, channel: NewChannel): Promise<{ id: string; secret: string | null }> {
  const { kind, name, ...settings } = channel;
  if (channel.kind === 'email') {
    const id = await addChannel(deps, { kind, name, target: channel.to.join(', '), settings });
    return { id, secret: null };
  }
  const secret = webhookSecret(deps.seal.makeSecret());
  const target = new URL(channel.url).host;
  const id = await addChannel(deps, { kind, name, target, settings: { url: channel.url, secret } });
  return { id, secret };
}

/** As Standard Webhooks spells secrets: ours is Base64 for addresses, theirs the plain kind. */
function webhookSecret(secret: string): string {
  return `whsec_${Buffer.from(secret, 'base64url').toString('base64')}`;
}
