import { z } from 'zod';

export const JsonSettings = z.object({
  url: z.url({ protocol: /^https?$/ }),
  /** Often an `Authorization`, so they are as secret as a password. */
  headers: z.record(z.string(), z.string()),
  template: z.string(),
});
