import '@mantine/spotlight/styles.css';
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useQueries, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type AnyRoute, routes } from '@winesap/api';
import { useEffect, useMemo } from 'react';
import { meQuery } from '../data/queries.ts';
import { query } from '../data/query.ts';
import { whyNot } from '../data/why-not.ts';
import { SeverityMark } from '../parts/severity-mark.tsx';

const [store, spotlight] = createSpotlight();
/** With very many organizations the tokens alone are offered: each names its policy. */
const MANY_ORGANIZATIONS = 40;

/** Go to a token, a policy or a screen by typing a part of its name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const { data: me } = useSuspenseQuery(meQuery);
  const { data: list } = useQuery(query(routes.listTokens));
  const organizations = useQuery(query(routes.listOrganizations)).data?.organizations ?? [];
  const trees = useQueries({
    queries: organizations
      .slice(0, MANY_ORGANIZATIONS)
      .map((organization) => query(routes.listPolicies, { params: { organizationId: organization.id } })),
    combine: (results) => results.flatMap((result) => result.data?.policies ?? []),
  });

  useEffect(() => {
    spotlight.open();
    return () => spotlight.close();
  }, []);

  const actions = useMemo<SpotlightActionGroupData[]>(() => {
    const organizationName = new Map(organizations.map((each) => [each.id, each.name]));
    const may = <T,>(route: AnyRoute, screen: T) => (whyNot(me, route) === null ? [screen] : []);
    const screens = [
      { id: 'overview', label: 'Overview', to: '/' },
      { id: 'policies', label: 'Policies', to: '/policies' },
      { id: 'events', label: 'Dashboard → Events', to: '/events' },
      { id: 'licenses', label: 'Dashboard → Licenses', to: '/licenses' },
      { id: 'alerts', label: 'Alerts', to: '/alerts' },
      { id: 'rules', label: 'Alerts → Rules', to: '/alerts/rules' },
      ...may(routes.listChannels, { id: 'channels', label: 'Alerts → Channels', to: '/alerts/channels' } as const),
      ...may(routes.listCalendarFeeds, {
        id: 'calendars',
        label: 'Alerts → Calendars',
        to: '/alerts/calendars',
      } as const),
      { id: 'report', label: 'Alerts → Report', to: '/alerts/report' },
      ...may(routes.listPeople, { id: 'people', label: 'Settings → People', to: '/settings/people' } as const),
      { id: 'keys', label: 'Settings → API keys', to: '/settings/keys' },
    ] as const;
    return [
      {
        group: 'Tokens',
        actions: (list?.tokens ?? []).map((token) => ({
          id: `token-${token.tokenId}`,
          label: token.locationName,
          description: `${token.organizationName} / ${token.policyName} · ${token.health.label}`,
          keywords: [token.uId, token.appleId ?? ''],
          leftSection: <SeverityMark severity={token.health.severity} size={16} />,
          onClick: () =>
            void navigate({ to: '/policies/$policyId/settings/apple-apps', params: { policyId: token.policyId } }),
        })),
      },
      {
        group: 'Policies',
        actions: trees.map((policy) => ({
          id: `policy-${policy.id}`,
          label: policy.name,
          description: `${organizationName.get(policy.organizationId) ?? ''} · policy`,
          onClick: () => void navigate({ to: '/policies/$policyId/assets', params: { policyId: policy.id } }),
        })),
      },
      {
        group: 'Screens',
        actions: screens.map(({ id, label, to }) => ({ id, label, onClick: () => void navigate({ to }) })),
      },
    ];
  }, [list, trees, organizations, me, navigate]);

  return (
    <Spotlight
      store={store}
      actions={actions}
      shortcut={null}
      limit={12}
      scrollable
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      maxHeight={460}
      onSpotlightClose={onClose}
      nothingFound="Nothing has this in its name."
      highlightQuery
      attributes={{ content: { 'aria-label': 'Go to' } }}
      searchProps={{
        placeholder: 'Token, policy, organization, number or screen',
        'aria-label': 'Go to a token, policy or screen',
      }}
      overlayProps={{ blur: 0, color: '#101c14', backgroundOpacity: 0.44 }}
      transitionProps={{ duration: 100 }}
    />
  );
}
