export {
  type AppleClaim,
  type AppleControl,
  type AppleLocation,
  type AppleRequests,
  contentManagerOf,
  createAppleControl,
  type NewFault,
} from './apple-control.ts';
export { type AppleUser, type AppleUsers, createAppleUsers } from './apple-users.ts';
export { assignmentsAtApple } from './assignments-at-apple.ts';
export { assignmentsHere } from './assignments-here.ts';
export { freePort } from './free-port.ts';
export { heldAssignments } from './held-assignments.ts';
export { heldUsers } from './held-users.ts';
export { letPass } from './let-pass.ts';
export { type Live, listenLive } from './live.ts';
export { promqlNames } from './promql-names.ts';
export { type AlertRule, readAlertRules } from './read-alert-rules.ts';
export { type CalendarEvent, readCalendar } from './read-calendar.ts';
export { type MetricFamily, readPrometheusText } from './read-prometheus-text.ts';
export { refused } from './refused.ts';
export { OWNER, type Session, signIn } from './session.ts';
export { type Engine, type Stack, type StackOptions, startStack } from './start-stack.ts';
export { storedRows } from './stored-rows.ts';
export { checkProblem, createStrictApi } from './strict-api.ts';
export {
  addLocation,
  addOrganization,
  bytesOf,
  type HeldLocation,
  holdLocation,
  inspect,
  renew,
  scanned,
} from './token-world.ts';
export { until } from './until.ts';
export { type WrongFile, wrappings, wrongFiles } from './wrong-files.ts';
