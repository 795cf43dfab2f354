import { z } from 'zod';

const Secret = z.string().startsWith('whsec_');

export const WebhookSettings = z.object({
  url: z.url({ protocol: /^https?$/ }),
  /** `whsec_` and Base64: what the receiver checks signatures with. */
  secret: Secret,
  before: z.object({ secret: Secret, until: z.iso.datetime() }).optional(),
});
