import type { EndpointId } from '@winesap/contract';
import type { Call, TokenCall } from '../request.ts';
import { v1GetLicenses } from '../v1/licenses.ts';
import { v1ManageLicenses } from '../v1/manage-licenses.ts';
import { v1GetAssets, v1GetAssignments } from '../v1/v1-assets.ts';
import { v1ClientConfig, v1ServiceConfig } from '../v1/v1-config.ts';
import { v1EditUser, v1GetUser, v1GetUsers, v1RegisterUser, v1RetireUser } from '../v1/v1-users.ts';
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
import { publicLookup } from './public-lookup.ts';
import { serviceConfig } from './service-config.ts';
import {
  disableSubscriptions,
  enableSubscriptions,
  getSubscriptionAdmins,
  getSubscriptionAssignments,
  getSubscriptions,
} from './subscriptions.ts';
import { createUsers, getUsers, retireUsers, updateUsers } from './users.ts';

/** An answer is the JSON text, or an object still to be written. */
export type AnswerBody = string | object;

/** What answers an endpoint that is called with a content token: in a header, or in the body of version 1. */
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
  v1ClientConfig,
  v1GetAssets,
  v1GetAssignments,
  v1GetLicenses,
  v1ManageLicenses,
  v1RegisterUser,
  v1GetUser,
  v1GetUsers,
  v1EditUser,
  v1RetireUser,
};

/** What answers the others. */
export const openHandlers: Partial<Record<EndpointId, (call: Call) => AnswerBody>> = {
  serviceConfig,
  v1ServiceConfig,
  contentMetadataLookup,
  publicLookup,
};
