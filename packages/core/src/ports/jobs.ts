export interface Jobs {
  /** Takes a release one step further. */
  release(releaseId: string, afterMs: number): Promise<void>;
  scan(scanId: string): Promise<void>;
  readMetadata(tokenId: string, afterMs?: number): Promise<void>;
  /** Works on the outbox until nothing is due. */
  deliver(): Promise<void>;
  /** Updates the notification configuration at Apple to what we want. */
  applyHook(tokenId: string, afterMs?: number): Promise<void>;
  processNotifications(uId: string): Promise<void>;
  /** Asks Apple about rechecks: assets where notifications did not match what is stored. */
  recheckAssets(uId: string, afterMs: number): Promise<void>;
  /** Summarizes in the log what notifications changed. */
  logNotifications(uId: string, afterMs: number): Promise<void>;
  /** Looks at the files of a batch, and carries out what is confirmed. */
  workOnBatch(batchId: string): Promise<void>;
  /** Evaluates the rules now instead of with the next minute. */
  evaluateRules(): Promise<void>;
}
