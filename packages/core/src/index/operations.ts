export type { Release, ReleaseFailure, ReleaseState } from '../domain/operations/release.ts';
export type { Releases } from '../ports/operations.ts';
export { releaseFailureWords } from '../use-cases/operations/finish-release.ts';
export { followRelease, resumeReleases } from '../use-cases/operations/follow-release.ts';
export { refuseRelease, requestRelease } from '../use-cases/operations/request-release.ts';
