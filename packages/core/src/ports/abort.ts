/** The part of the platform's AbortSignal that core passes on; core itself names no platform. */
export interface Abort {
  readonly aborted: boolean;
}
