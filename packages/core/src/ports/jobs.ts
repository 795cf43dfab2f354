export interface Jobs {
  /** Takes a release one step further. */
  release(releaseId: string, afterMs: number): Promise<void>;
  scan(scanId: string): Promise<void>;
  readMetadata(tokenId: string, afterMs?: number): Promise<void>;
  /** Works on the outbox until nothing is due. */
  deliver(): Promise<void>;
  /** Brings the notification configuration at Apple to what we want. */
  applyHook(tokenId: string, afterMs?: number): Promise<void>;
  processNotifications(uId: string): Promise<void>;
  /** Asks Apple where what notifications said does not fit. */
  recheckAssets(uId: string, afterMs: number): Promise<void>;
  /** Says in the log what notifications changed. */
  logNotifications(uId: string, afterMs: number): Promise<void>;
  /** Looks at once, not only with the next minute, whether a rule has something to tell. */
  evaluateRules(): Promise<void>;
}
