import { errors, notificationTypes, urls } from '@winesap/contract';
import { errorText } from '../../world/error-text.ts';
import type { Call } from '../request.ts';

/** The numbers of Apple's sample; the others of the table are not announced there. */
const ANNOUNCED = new Set([9601, 9602, 9603, 9609, 9621, 9625, 9634, 9646, 9650]);
const ANNOUNCED_FROM = 9700;
const ANNOUNCED_TO = 9728;

/** Needs no token and looks at none. All URLs point at this simulator. */
export function serviceConfig({ request, world }: Call): object {
  return {
    errorCodes: Object.values(errors)
      .filter(({ number }) => ANNOUNCED.has(number) || (number >= ANNOUNCED_FROM && number <= ANNOUNCED_TO))
      .map(({ number }) => ({
        errorNumber: number,
        errorMessage: errorText(number, 'service-config', world.settings.unknowns.errorTexts),
      })),
    limits: world.settings.limits,
    notificationTypes: Object.keys(notificationTypes).filter((type) => type !== 'TEST_NOTIFICATION'),
    urls: Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, `${request.origin}${url.path}`])),
  };
}
