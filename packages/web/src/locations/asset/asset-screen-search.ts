/** What the address says of an asset's screen. */
export interface AssetScreenSearch {
  /** A past day, UTC. */
  asOf?: string | undefined;
  /** How much of the history is shown: days, or `all`. */
  span?: string | undefined;
  /** Whom the list of holders is searched for. */
  q?: string | undefined;
  kind?: string | undefined;
}
