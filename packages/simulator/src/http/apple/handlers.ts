import type { EndpointId } from '@winesap/contract';
import type { Call, TokenCall } from '../request.ts';
import { getAssets } from './assets.ts';
import { getAssignments } from './assignments.ts';
import { getClientConfig, setClientConfig } from './client-config.ts';
import { getStatus } from './events.ts';
import { associateAssets, disassociateAssets, revokeAssets } from './manage-assets.ts';
import {
  addSubscriptionAdmins,
  associateSubscriptions,
  disassociateSubscriptions,
  removeSubscriptionAdmins,
} from './manage-subscriptions.ts';
import { contentMetadataLookup } from './metadata-lookup.ts';
import { serviceConfig } from './service-config.ts';
import {
  disableSubscriptions,
  enableSubscriptions,
  getSubscriptionAdmins,
  getSubscriptionAssignments,
  getSubscriptions,
} from './subscriptions.ts';
import { createUsers, getUsers, retireUsers, updateUsers } from './users.ts';
import { v1ClientConfig, v1ServiceConfig } from './v1.ts';

/** An answer is the JSON text, or an object still to be written. */
export type AnswerBody = string | object;

/** What answers an endpoint that identifies its caller by the Authorization header. */
export const tokenHandlers: Partial<Record<EndpointId, (call: TokenCall) => AnswerBody | Promise<AnswerBody>>> = {
  getClientConfig,
  setClientConfig,
  getAssets,
  getAssignments,
  associateAssets,
  disassociateAssets,
  revokeAssets,
  getUsers,
  createUsers,
  updateUsers,
  retireUsers,
  eventStatus: getStatus,
  enableSubscriptions,
  disableSubscriptions,
  getSubscriptions,
  getSubscriptionAssignments,
  associateSubscriptions,
  disassociateSubscriptions,
  getSubscriptionAdmins,
  addSubscriptionAdmins,
  removeSubscriptionAdmins,
};

/** What answers the others. */
export const openHandlers: Partial<Record<EndpointId, (call: Call) => AnswerBody>> = {
  serviceConfig,
  v1ServiceConfig,
  v1ClientConfig,
  contentMetadataLookup,
};
