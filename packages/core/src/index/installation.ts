export type { SealCursor, SealedText, Seals } from '../ports/installation.ts';
export { type Resealed, reseal } from '../use-cases/installation/reseal.ts';
export {
  purgeEvents,
  resumeBatches,
  resumeNotifications,
  resumeScans,
  startWhatIsDue,
} from '../use-cases/installation/start-due-work.ts';
