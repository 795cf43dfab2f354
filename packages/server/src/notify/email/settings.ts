import { z } from 'zod';

export const EmailSettings = z.object({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535),
  /** `tls` from the first byte, `starttls` required, or `none`. */
  security: z.enum(['tls', 'starttls', 'none']),
  user: z.string().optional(),
  password: z.string().optional(),
  from: z.string().min(3),
  to: z.array(z.string().min(3)).min(1),
});
export type EmailSettings = z.output<typeof EmailSettings>;
