import { resetPassword, setRole } from './accounts.ts';
import { moveClock, readClock } from './clock.ts';
import type { ControlCall, ControlResult } from './control-call.ts';
import { acceptInvitation, readEvent } from './events.ts';
import { addFault, clearFaults, listFaults, removeFault } from './faults.ts';
import { buy, churnAssignments, fill, transferLicenses } from './licenses.ts';
import { readHealth, resetAll } from './life.ts';
import {
  addLocation,
  deleteLocation,
  downloadToken,
  fetchToken,
  listLocations,
  renameLocation,
  setClaim,
} from './locations.ts';
import { changeSettings, readSettings } from './settings.ts';
import { clearRequests, readCatalog, readNotifications, readRequests, readRows, readState } from './state.ts';

import { setSubscriptionSeats } from './subscriptions.ts';

export type ControlHandler = (call: ControlCall) => ControlResult | Promise<ControlResult>;

/** Every route below `/_sim`. */
export const controlRoutes: Readonly<Record<string, ControlHandler>> = {
  'GET /health': readHealth,
  'POST /reset': resetAll,
  'GET /locations': listLocations,
  'POST /locations': addLocation,
  'PATCH /locations/{uId}': renameLocation,
  'DELETE /locations/{uId}': deleteLocation,
  'POST /locations/{uId}/tokens': downloadToken,
  'GET /locations/{uId}/tokens/{number}': fetchToken,
  'POST /locations/{uId}/purchases': buy,
  'POST /locations/{uId}/subscriptions': setSubscriptionSeats,
  'POST /locations/{uId}/transfers': transferLicenses,
  'POST /locations/{uId}/bulk': fill,
  'POST /locations/{uId}/churn': churnAssignments,
  'POST /locations/{uId}/claim': setClaim,
  'POST /accounts/{appleId}/reset-password': resetPassword,
  'POST /accounts/{appleId}/role': setRole,
  'POST /locations/{uId}/invitations/{inviteCode}/accept': acceptInvitation,
  'GET /clock': readClock,
  'POST /clock': moveClock,
  'GET /faults': listFaults,
  'POST /faults': addFault,
  'DELETE /faults': clearFaults,
  'DELETE /faults/{id}': removeFault,
  'GET /requests': readRequests,
  'DELETE /requests': clearRequests,
  'GET /notifications': readNotifications,
  'GET /events/{eventId}': readEvent,
  'GET /state/{uId}': readState,
  'GET /state/{uId}/rows': readRows,
  'GET /catalog': readCatalog,
  'GET /settings': readSettings,
  'PATCH /settings': changeSettings,
};
