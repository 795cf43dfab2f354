import { timeWords } from '@winesap/api/words';

/** Dates as the person's browser writes them. */
export const { fullTime, shortDate, shortDateTime, briefDateTime } = timeWords(navigator.languages);
