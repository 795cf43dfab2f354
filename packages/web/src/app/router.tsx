import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { isSignedOut } from '../data/api.ts';
import { meQuery, setupQuery } from '../data/queries.ts';
import { query } from '../data/query.ts';
import { oneOf, parseSearch, stringifySearch, texts } from '../data/search.ts';
import { whyNot } from '../data/why-not.ts';
import { ScreenOnItsWay } from '../parts/on-its-way.tsx';
import { Broken, Lost } from '../parts/whole-page.tsx';
import { TOKEN_WINDOWS, type TokenWindow } from '../tokens/token/token-window.ts';

interface Context {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  errorComponent: Broken,
  notFoundComponent: Lost,
});

/** Only a path of this console may be gone back to after the sign-in. */
const safeBack = (back: string | undefined) => (back?.startsWith('/') && !back.startsWith('//') ? back : undefined);

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { back?: string } => {
    const back = safeBack(texts(search, 'back').back);
    return back === undefined ? {} : { back };
  },
  beforeLoad: async ({ context }) => {
    const setup = await context.queryClient.fetchQuery(setupQuery);
    if (setup.needed) throw redirect({ to: '/first-run' });
  },
  component: lazyRouteComponent(() => import('../sign-in/sign-in-screen.tsx'), 'SignInScreen'),
});

const firstRun = createRoute({
  getParentRoute: () => root,
  path: '/first-run',
  beforeLoad: async ({ context }) => {
    const setup = await context.queryClient.fetchQuery(setupQuery);
    if (!setup.needed) throw redirect({ to: '/sign-in' });
  },
  component: lazyRouteComponent(() => import('../sign-in/first-run-screen.tsx'), 'FirstRunScreen'),
});

/** For the customer who alone can download the file: no sign-in, nothing of the console. */
const upload = createRoute({
  getParentRoute: () => root,
  path: '/upload/$secret',
  component: lazyRouteComponent(() => import('../tokens/upload/upload-screen.tsx'), 'UploadScreen'),
});

/** Everything behind the sign-in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (!isSignedOut(error)) throw error;
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { back: location.href } });
    }
  },
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
});

const overview = createRoute({
  getParentRoute: () => inside,
  path: '/',
  validateSearch: (search: Record<string, unknown>) => texts(search, 'severity', 'organizationId', 'q'),
  component: lazyRouteComponent(() => import('../overview/overview-screen.tsx'), 'OverviewScreen'),
});

const batch = createRoute({
  getParentRoute: () => inside,
  path: '/files/$batchId',
  component: lazyRouteComponent(() => import('../tokens/batch/batch-screen.tsx'), 'BatchScreen'),
});

const batches = createRoute({
  getParentRoute: () => inside,
  path: '/files',
  component: lazyRouteComponent(() => import('../tokens/batch/batches-screen.tsx'), 'BatchesScreen'),
});

const events = createRoute({
  getParentRoute: () => inside,
  path: '/events',
  validateSearch: (search: Record<string, unknown>) =>
    texts(search, 'receiverType', 'level', 'organizationId', 'policyId', 'tokenId', 'q', 'from', 'to', 'event'),
  component: lazyRouteComponent(() => import('../events/events-screen.tsx'), 'EventsScreen'),
});

/** Of all locations. */
const licenses = createRoute({
  getParentRoute: () => inside,
  path: '/licenses',
  validateSearch: (search: Record<string, unknown>) => texts(search, 'q', 'low', 'organizationId', 'holder'),
  component: lazyRouteComponent(() => import('../locations/licenses/licenses-screen.tsx'), 'LicensesScreen'),
});

const policies = createRoute({
  getParentRoute: () => inside,
  path: '/policies',
  validateSearch: (search: Record<string, unknown>) => texts(search, 'organizationId'),
  component: lazyRouteComponent(() => import('../policies/policies-screen.tsx'), 'PoliciesScreen'),
});

const policiesIndex = createRoute({
  getParentRoute: () => policies,
  path: '/',
  component: lazyRouteComponent(() => import('../policies/no-policy.tsx'), 'NoPolicy'),
});

const policy = createRoute({
  getParentRoute: () => policies,
  path: '$policyId',
  component: lazyRouteComponent(() => import('../policies/policy-page.tsx'), 'PolicyPage'),
});

const policyIndex = createRoute({
  getParentRoute: () => policy,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/policies/$policyId/settings/apple-apps', params, replace: true });
  },
});

/** Of every list of assets, of a location, and of every list of users. */
const assetSearch = (search: Record<string, unknown>) => texts(search, 'q', 'sort', 'platform', 'type', 'low', 'gone');
const holderSearch = (search: Record<string, unknown>) => texts(search, 'holder');
const userSearch = (search: Record<string, unknown>) => texts(search, 'q', 'status', 'holding');

const assets = createRoute({
  getParentRoute: () => policy,
  path: 'assets',
  validateSearch: assetSearch,
  component: lazyRouteComponent(() => import('../locations/assets/assets-section.tsx'), 'AssetsSection'),
});

const policyLocation = createRoute({
  getParentRoute: () => policy,
  path: 'location',
  validateSearch: holderSearch,
  component: lazyRouteComponent(() => import('../locations/location/location-page.tsx'), 'LocationSection'),
});

const policyUsers = createRoute({
  getParentRoute: () => policy,
  path: 'users',
  validateSearch: userSearch,
  component: lazyRouteComponent(() => import('../locations/users/location-users.tsx'), 'UsersSection'),
});

/** The section of a policy that shows the same as a section of a location. */
type Section = '/policies/$policyId/location' | '/policies/$policyId/assets' | '/policies/$policyId/users';

/** Where a location has a token, it is shown in the frame of the policy that holds it. */
const inPolicy =
  (to: Section) =>
  async ({ context, params, search }: { context: Context; params: { uId: string }; search: object }) => {
    const found = await context.queryClient
      .fetchQuery(query(routes.getLocation, { params: { uId: params.uId } }))
      // What went wrong is said by the page itself, which asks for the same.
      .catch(() => null);
    if (found?.policyId != null) throw redirect({ to, params: { policyId: found.policyId }, search, replace: true });
  };

/** A location outlives its token and its policy: it has an address of its own. */
const location = createRoute({
  getParentRoute: () => inside,
  path: '/locations/$uId',
  component: lazyRouteComponent(() => import('../locations/location/location-screen.tsx'), 'LocationScreen'),
});

const locationIndex = createRoute({
  getParentRoute: () => location,
  path: '/',
  validateSearch: holderSearch,
  beforeLoad: inPolicy('/policies/$policyId/location'),
  component: lazyRouteComponent(() => import('../locations/location/location-page.tsx'), 'LocationPage'),
});

const locationAssets = createRoute({
  getParentRoute: () => location,
  path: 'assets',
  validateSearch: assetSearch,
  beforeLoad: inPolicy('/policies/$policyId/assets'),
  component: lazyRouteComponent(() => import('../locations/assets/location-assets.tsx'), 'LocationAssets'),
});

const locationUsers = createRoute({
  getParentRoute: () => location,
  path: 'users',
  validateSearch: userSearch,
  beforeLoad: inPolicy('/policies/$policyId/users'),
  component: lazyRouteComponent(() => import('../locations/users/location-users.tsx'), 'LocationUsers'),
});

const asset = createRoute({
  getParentRoute: () => inside,
  path: '/locations/$uId/assets/$adamId/$pricingParam',
  validateSearch: (search: Record<string, unknown>) => texts(search, 'asOf', 'span', 'q', 'kind'),
  component: lazyRouteComponent(() => import('../locations/asset/asset-screen.tsx'), 'AssetScreen'),
});

const appleApps = createRoute({
  getParentRoute: () => policy,
  path: 'settings/apple-apps',
  validateSearch: (search: Record<string, unknown>): { window?: TokenWindow } => {
    const window = oneOf(search.window, TOKEN_WINDOWS);
    return window === undefined ? {} : { window };
  },
  component: lazyRouteComponent(() => import('../tokens/token/apple-apps-section.tsx'), 'AppleAppsSection'),
});

const alerts = createRoute({
  getParentRoute: () => inside,
  path: '/alerts',
  component: lazyRouteComponent(() => import('../alerts/alerts-screen.tsx'), 'AlertsScreen'),
});

const alertList = createRoute({
  getParentRoute: () => alerts,
  path: '/',
  validateSearch: (search: Record<string, unknown>) => texts(search, 'state', 'organizationId', 'tokenId', 'ruleId'),
  component: lazyRouteComponent(() => import('../alerts/alerts-tab.tsx'), 'AlertsTab'),
});

const rules = createRoute({
  getParentRoute: () => alerts,
  path: 'rules',
  component: lazyRouteComponent(() => import('../alerts/rules/rules-tab.tsx'), 'RulesTab'),
});

const channels = createRoute({
  getParentRoute: () => alerts,
  path: 'channels',
  validateSearch: (search: Record<string, unknown>) => texts(search, 'log'),
  component: lazyRouteComponent(() => import('../alerts/channels/channels-tab.tsx'), 'ChannelsTab'),
});

const calendars = createRoute({
  getParentRoute: () => alerts,
  path: 'calendars',
  component: lazyRouteComponent(() => import('../alerts/calendars-tab.tsx'), 'CalendarsTab'),
});

const report = createRoute({
  getParentRoute: () => alerts,
  path: 'report',
  validateSearch: (search: Record<string, unknown>) => texts(search, 'organizationId', 'days'),
  component: lazyRouteComponent(() => import('../alerts/report/report-tab.tsx'), 'ReportTab'),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/settings-screen.tsx'), 'SettingsScreen'),
});

const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: ({ context }) => {
    const me = context.queryClient.getQueryData(meQuery.queryKey);
    const seesPeople = me !== undefined && whyNot(me, routes.listPeople) === null;
    throw redirect({ to: seesPeople ? '/settings/people' : '/settings/keys', replace: true });
  },
});

const people = createRoute({
  getParentRoute: () => settings,
  path: 'people',
  component: lazyRouteComponent(() => import('../settings/people-section.tsx'), 'PeopleSection'),
});

const keys = createRoute({
  getParentRoute: () => settings,
  path: 'keys',
  component: lazyRouteComponent(() => import('../settings/keys-section.tsx'), 'KeysSection'),
});

const routeTree = root.addChildren([
  signIn,
  firstRun,
  upload,
  inside.addChildren([
    overview,
    batches,
    batch,
    events,
    licenses,
    policies.addChildren([
      policiesIndex,
      policy.addChildren([policyIndex, assets, appleApps, policyLocation, policyUsers]),
    ]),
    location.addChildren([locationIndex, locationAssets, locationUsers]),
    asset,
    alerts.addChildren([alertList, rules, channels, calendars, report]),
    settings.addChildren([settingsIndex, people, keys]),
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultErrorComponent: Broken,
    defaultPendingComponent: ScreenOnItsWay,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
