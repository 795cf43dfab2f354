import type { TokenState } from '@winesap/core';
import type { NewFault } from '@winesap/testkit';
import type { Random } from './random.ts';

/**
 * Apple's faults. `brief` faults are consistent, so that Winesap would believe them the second time: they end within a
 * minute. Of `rows` and `counts`, only one may last at a location, because together they might be consistent. `breaks`:
 * the token state that Apple claims while it lasts.
 */
export interface Lie {
  fault: NewFault;
  brief: boolean;
  touches: 'rows' | 'counts' | 'other';
  breaks?: TokenState;
}

const LISTS = ['/mdm/v2/assets', '/mdm/v2/assignments', '/mdm/v2/users'] as const;
const ASSIGNMENTS = '/mdm/v2/assignments';
const PAGES = [undefined, undefined, 'first', 'middle', 'later', 'last', '1'] as const;

type Make = (random: Random) => Lie;

const anywhere = (random: Random) => (random.chance(0.2) ? {} : { path: random.one(LISTS) });
const page = (random: Random) => {
  const wanted = random.one(PAGES);
  return wanted === undefined ? {} : { page: wanted };
};

const paging =
  (name: string, option: string, choices: readonly string[]): Make =>
  (random) => ({
    fault: { name, [option]: random.one(choices), ...anywhere(random), ...page(random) },
    brief: false,
    touches: 'other',
  });

/** Fewer rows with consistent page numbers: only for assignments do other lists reveal the real number. */
const fewer = (make: (random: Random) => NewFault): Make => {
  return (random) => {
    const path = random.one(LISTS);
    return { fault: { ...make(random), path }, brief: path !== ASSIGNMENTS, touches: 'rows' };
  };
};

const plain =
  (make: (random: Random) => NewFault, more: Partial<Lie> = {}): Make =>
  (random) => ({ fault: make(random), brief: false, touches: 'other', ...more });

/** Network trouble that stops everything, and would hide all other faults if it stayed. */
const passing = (make: (random: Random) => NewFault): Make =>
  plain((random) => ({ times: random.from(1, 4), ...make(random) }));

const brief = (make: (random: Random) => NewFault, touches: Lie['touches'] = 'rows'): Make =>
  plain(make, { brief: true, touches });

const MEMBERS = [
  'uId',
  'versionId',
  'tokenExpirationDate',
  'locationName',
  'countryISO2ACode',
  'websiteURL',
  'currentPageIndex',
  'totalPages',
  'size',
  'assets',
  'assignments',
  'users',
  'assets[].adamId',
  'assets[].pricingParam',
  'assets[].productType',
  'assets[].deviceAssignable',
  'assets[].revocable',
  'assets[].supportedPlatforms',
  'assignments[].adamId',
  'assignments[].pricingParam',
  'users[].clientUserId',
  'users[].status',
  'users[].email',
  'limits',
];

const VALUES: readonly (readonly [member: string, value: string])[] = [
  ['uId', '""'],
  ['uId', '5'],
  ['uId', 'null'],
  ['versionId', '7'],
  ['versionId', 'null'],
  ['currentPageIndex', 'null'],
  ['nextPageIndex', '"1"'],
  ['nextPageIndex', '-1'],
  ['totalPages', '"3"'],
  ['totalPages', '1e300'],
  ['size', '-1'],
  ['size', '0.5'],
  ['assets', '[]'],
  ['assets', '{}'],
  ['assets', '[null]'],
  ['assignments', 'null'],
  ['assignments', '[[]]'],
  ['users', '"none"'],
  ['locationName', '12'],
  ['locationName', 'null'],
  ['tokenExpirationDate', '"soon"'],
  ['assets[].supportedPlatforms', '"iOS"'],
  ['assets[].deviceAssignable', '"yes"'],
  ['users[].email', '[]'],
  ['mdmInfo', '"us"'],
];

const MENU: readonly Make[] = [
  paging('wrong-next-page', 'how', ['missing', 'skips', 'repeats', 'back', 'first', 'beyond']),
  paging('wrong-next-page', 'how', ['missing', 'skips']),
  paging('wrong-page-index', 'how', ['missing', 'zero', 'next', 'negative']),
  paging('wrong-total-pages', 'how', ['missing', 'lower', 'higher', 'zero', 'huge']),
  paging('wrong-size', 'how', ['missing', 'lower', 'higher', 'zero']),
  paging('wrong-version', 'how', ['missing', 'empty', 'stuck', 'changing']),
  paging('repeated-page', 'index', ['asked', 'own']),
  paging('repeated-rows', 'from', ['page', 'page-before']),
  (random) => ({
    fault: { name: 'changing-page-size', factor: random.one([0.3, 0.5, 1.5, 2]), ...anywhere(random) },
    brief: false,
    touches: 'other',
  }),
  brief((random) => ({ name: 'repeated-rows', differ: true, path: LISTS[0], ...page(random) }), 'counts'),
  fewer((random) => ({
    name: 'swallowed-rows',
    rows: random.from(1, 6),
    where: random.one(['start', 'middle', 'end']),
    size: random.one(['fits', 'stays']),
    ...page(random),
  })),
  fewer((random) => ({
    name: 'short-list',
    share: random.one([0.1, 0.5, 0.9, 1]),
    where: random.one(['start', 'middle', 'end']),
  })),
  fewer((random) => ({ name: 'short-list', rows: random.from(1, 5), where: random.one(['start', 'middle', 'end']) })),
  brief((random) => ({ name: random.one(['empty-assets', 'empty-assignments', 'empty-users']) })),
  brief((random) => ({ name: 'short-list', share: random.one([0.3, 0.5, 1]) })),
  brief((random) => ({ name: 'shrinking-pages', times: random.from(1, 4), path: random.one(LISTS) })),
  plain(
    (random) => ({
      name: 'wrong-holder',
      how: random.one(['missing', 'null', 'empty', 'both']),
      rows: random.from(1, 4),
      ...page(random),
    }),
    { touches: 'rows' },
  ),
  plain(
    (random) => ({
      name: 'unlisted-asset',
      how: random.one(['added', 'instead']),
      rows: random.from(1, 4),
      ...page(random),
    }),
    { touches: 'rows' },
  ),
  plain(
    (random) => ({
      name: 'wrong-counts',
      count: random.one(['assignedCount', 'availableCount', 'totalCount', 'retiredCount']),
      how: random.one([
        'missing',
        'null',
        'zero',
        'lower',
        'higher',
        'negative',
        'fraction',
        'text',
        'above-32-bits',
        'above-53-bits',
      ]),
      rows: random.one([0, 0, 1, 3]),
      ...page(random),
    }),
    { touches: 'counts' },
  ),
  plain(
    (random) => ({
      name: 'wrong-counts',
      count: 'all',
      how: random.one(['missing', 'null', 'lower', 'higher', 'negative', 'fraction', 'text', 'above-53-bits']),
      ...page(random),
    }),
    { touches: 'counts' },
  ),
  plain((random) => ({ name: 'lagging-counts', lagMs: random.from(10, 300) * 1000 }), { touches: 'counts' }),
  plain(
    (random) => ({ name: 'missing-member', member: random.one(MEMBERS), rows: random.one([0, 1]), ...page(random) }),
    {
      touches: 'rows',
    },
  ),
  plain((random) => {
    const [member, value] = random.one(VALUES);
    return { name: 'wrong-member', member, value, rows: random.one([0, 1]), ...page(random) };
  }),
  plain((random) => ({
    name: 'odd-texts',
    kind: random.one(['nul', 'control', 'line-break', 'direction', 'lone-surrogate', 'long', 'empty']),
    ...page(random),
  })),
  plain((random) => ({ name: 'uid-changes', rows: random.one(['own', 'other']), ...page(random) }), {
    breaks: 'other-location',
  }),
  plain((random) => ({
    name: 'stray-refusal',
    errorNumber: random.one([9621, 9622, 9625, 9722]),
    status: random.one([200, 401]),
    times: 1,
    ...(random.chance(0.5) ? { path: random.one(LISTS) } : {}),
  })),
  passing((random) => ({ name: 'edge-after-accept', form: random.one(['html', 'json', 'text', 'empty']) })),
  passing((random) => ({ name: 'html-error', status: random.one([200, 404, 502]) })),
  passing(() => ({ name: 'truncated-json' })),
  passing(() => ({ name: 'truncated-transfer' })),
  passing((random) => ({ name: 'empty-body', status: random.one([200, 204, 500]) })),
  passing((random) => ({ name: random.one(['reset-before-accept', 'reset-after-accept', 'server-error', 'busy']) })),
  passing(() => ({ name: 'busy', path: 'POST /mdm/v2/client/config' })),
  passing((random) => ({ name: 'slow', delayMs: random.from(20, 200) })),
  passing(() => ({ name: 'hang', times: 1 })),
  passing((random) => ({ name: 'maintenance', form: random.one(['seconds', 'date', 'none']) })),
  plain(() => ({ name: 'stale-version' })),
  plain((random) => ({ name: 'unknown-error-number', errorNumber: random.one([9999, 9650, 9610]), status: 400 }), {
    breaks: 'refused',
  }),
  plain(() => ({ name: 'terms' }), { breaks: 'terms' }),
  plain(() => ({ name: 'account-disabled' }), { breaks: 'revoked' }),
  plain((random) => ({
    name: random.one(['dropped-notification', 'doubled-notification', 'late-notification', 'reordered-notifications']),
  })),
];

/** Returns one of them, for a few requests or until it is ended, at one location or everywhere. */
export function randomLie(random: Random, uIds: readonly string[]): Lie {
  const lie = random.one(MENU)(random);
  const where = random.chance(0.2) ? {} : { uId: random.one(uIds) };
  const times = lie.fault.times === undefined && random.chance(0.5) ? { times: random.from(1, 8) } : {};
  return { ...lie, fault: { ...lie.fault, ...where, ...times } };
}
