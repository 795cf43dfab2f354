/** Words that the console and the command line share. Codes come from the API; their texts are here, once. */
export { batchWords, confirmWords, outcomeWords, placeOfFile } from './words/batches.ts';
export { daysLeftWords, shownDaysLeft } from './words/days-left.ts';
export { count, listed, plural, size } from './words/numbers.ts';
export { placeOf } from './words/places.ts';
export { changedFields, dryRunWords, licenseWords } from './words/renewals.ts';
export { conditionWords, notifiesWords, repetitionWords, scopeWords, TOKEN_STATE_WORD } from './words/rules.ts';
export {
  changeWords,
  isScanning,
  progressWords,
  rowsPerSecond,
  SCAN_KIND_WORD,
  SCAN_REASON_WORD,
} from './words/scans.ts';
export { briefWords, healthFacts, SEVERITIES, SEVERITY_WORD } from './words/severities.ts';
export { THRESHOLD_SOURCE_WORD, thresholdWords } from './words/thresholds.ts';
export { agoShort, duration, fullTime, shortDate, shortDateTime, timeWords } from './words/times.ts';
export { timingWords, WEEKDAYS } from './words/timing.ts';
