export { purgeEvents, resumeNotifications, resumeScans, startWhatIsDue } from '../use-cases/installation/keep-time.ts';
export { type Resealed, reseal } from '../use-cases/installation/reseal.ts';
