import { z } from 'zod';

/** The address is the credential: whoever knows it can write there. */
export const TeamsSettings = z.object({ url: z.url({ protocol: /^https?$/ }) });
