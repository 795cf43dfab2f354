import { z } from 'zod';

export const WebhookSettings = z.object({
  url: z.url({ protocol: /^https?$/ }),
  /** `whsec_` and Base64: what the receiver checks signatures with. */
  secret: z.string().startsWith('whsec_'),
});
