export { startSimulator } from 'winesap-simulator';
export {
  type AppleClaim,
  type AppleControl,
  type AppleLocation,
  type AppleRequests,
  contentManagerOf,
  createAppleControl,
  type NewFault,
} from './apple/apple-control.ts';
export { type AppleUser, type AppleUsers, createAppleUsers } from './apple/apple-users.ts';
export { assignmentsAtApple } from './apple/assignments-at-apple.ts';
export { assignmentsHere } from './apple/assignments-here.ts';
export { heldAssignments } from './apple/held-assignments.ts';
export { heldUsers } from './apple/held-users.ts';
export { storedRows } from './database/stored-rows.ts';
export { freePort } from './free-port.ts';
export { letPass } from './let-pass.ts';
export { type Live, listenLive } from './live.ts';
export { patience } from './patience.ts';
export { promqlNames } from './readers/promql-names.ts';
export { type AlertRule, readAlertRules } from './readers/read-alert-rules.ts';
export { type CalendarEvent, readCalendar } from './readers/read-calendar.ts';
export { type MetricFamily, readPrometheusText } from './readers/read-prometheus-text.ts';
export { refused } from './refused.ts';
export { OWNER, type Session, signIn } from './session.ts';
export { type Engine, type Stack, type StackOptions, startStack } from './start-stack.ts';
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
