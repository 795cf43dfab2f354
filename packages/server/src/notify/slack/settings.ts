import { z } from 'zod';

/** The address is the credential: whoever knows it can write there. */
export const SlackSettings = z.object({ url: z.url({ protocol: /^https?$/ }) });
