export interface Page {
  limit: number;
  cursor?: string | undefined;
}
