/** The part of the platform's AbortSignal that core needs to hand on; core itself names no platform. */
export interface Abort {
  readonly aborted: boolean;
}
