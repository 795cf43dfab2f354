import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type Alert, routes, urlOf } from '@winesap/api';
import { count, plural } from '@winesap/api/words';
import { useState } from 'react';
import { api, problemOf } from '../data/api.ts';
import { infinite, query } from '../data/query.ts';
import { invalidate } from '../data/reads.ts';
import { oneOf } from '../data/search.ts';
import { useWhyNot } from '../data/why-not.ts';
import { CsvLink } from '../lists/csv-link.tsx';
import { type FilterChip, FilterChips } from '../lists/filter-chips.tsx';
import { OlderButton } from '../lists/older-button.tsx';
import { OrganizationFilter } from '../lists/organization-filter.tsx';
import filtering from '../lists/severity-filter.module.css';
import { Empty } from '../parts/notes/empty.tsx';
import { ProblemNote } from '../parts/notes/problem-note.tsx';
import { showToast } from '../parts/notes/toasts.tsx';
import { ConfirmWindow } from '../policies/confirm-window.tsx';
import { ActionButton } from '../windows/action-button.tsx';
import { filterOf } from './alert-filter.ts';
import { AlertList } from './alert-list.tsx';
import classes from './alerts.module.css';

const STATES = ['open', 'acknowledged', 'resolved'] as const;
const STATE_WORD = { open: 'Open', acknowledged: 'Acknowledged', resolved: 'Resolved' } as const;

/** What was told, newest first: what is open now, and what somebody has taken up. The filter is the address. */
export function AlertsTab() {
  const search = useSearch({ from: '/inside/alerts/' });
  const navigate = useNavigate({ from: '/alerts' });
  const client = useQueryClient();
  const rules = useQuery(query(routes.listRules)).data?.rules ?? [];
  const { data: list } = useQuery(query(routes.listTokens));
  const state = oneOf(search.state, [...STATES, 'all']) ?? 'open';
  const { filter, query: shown } = filterOf(search, state);
  const page = useInfiniteQuery(infinite(routes.listAlerts, { query: { ...shown, limit: 50 } }));
  const [askAll, setAskAll] = useState(false);

  const alerts = page.data?.pages.flatMap((each) => each.alerts) ?? [];
  const counts = page.data?.pages[0]?.counts;
  const change = (next: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const readAgain = () => invalidate(client, routes.listAlerts, routes.listRules);

  const acknowledge = useMutation({
    mutationFn: (alert: Alert) => api.call(routes.acknowledgeAlert, { params: { alertId: alert.id } }),
    onSuccess: async (_nothing, alert) => {
      showToast(`Acknowledged: ${alert.title}`);
      await readAgain();
    },
  });
  const undo = useMutation({
    mutationFn: (alert: Alert) => api.call(routes.unacknowledgeAlert, { params: { alertId: alert.id } }),
    onSuccess: async (_nothing, alert) => {
      showToast(`Open again: ${alert.title}`);
      await readAgain();
    },
  });
  const acknowledgeAll = useMutation({
    mutationFn: () => api.call(routes.acknowledgeAlerts, { body: filter }),
    onSuccess: async ({ acknowledged }) => {
      showToast(`${plural(acknowledged, 'alert')} acknowledged.`);
      setAskAll(false);
      await readAgain();
    },
  });
  const why = useWhyNot(routes.acknowledgeAlert);

  const chips: FilterChip[] = [];
  const chip = (key: 'tokenId' | 'ruleId', words: string) => {
    if (search[key] !== undefined) chips.push({ key, words, onRemove: () => change({ [key]: undefined }) });
  };
  const token = list?.tokens.find((each) => each.tokenId === search.tokenId);
  chip('tokenId', `Token = ${token?.locationName ?? 'removed'}`);
  chip('ruleId', `Rule = ${rules.find((each) => each.id === search.ruleId)?.name ?? 'removed'}`);

  return (
    <section aria-label="Alerts">
      <div className={filtering.filters}>
        <fieldset className={filtering.severities}>
          <legend className="unseen">Show only</legend>
          {STATES.map((each) => (
            <button
              key={each}
              type="button"
              className={filtering.severity}
              aria-pressed={state === each}
              onClick={() => change({ state: state === each ? 'all' : each })}
            >
              {STATE_WORD[each]} <b>{counts === undefined ? '…' : count(counts[each])}</b>
            </button>
          ))}
        </fieldset>
        <div className="row">
          <OrganizationFilter className={filtering.select} value={search.organizationId} onChange={change} />
          {(counts?.open ?? 0) > 1 && (
            <ActionButton variant="default" why={why} aria-haspopup="dialog" onClick={() => setAskAll(true)}>
              Acknowledge all {count(counts?.open ?? 0)}
            </ActionButton>
          )}
          <CsvLink href={urlOf(routes.exportAlerts, { query: shown })} label="Download these alerts as CSV" />
        </div>
      </div>
      {chips.length > 0 && <FilterChips chips={chips} />}
      {page.error !== null && <ProblemNote problem={problemOf(page.error)} />}
      {acknowledge.isError && <ProblemNote problem={problemOf(acknowledge.error)} />}
      {undo.isError && <ProblemNote problem={problemOf(undo.error)} />}
      {page.data !== undefined && alerts.length === 0 ? (
        <div className="card">
          <NothingTold
            filtered={state !== 'open' || Object.keys(filter).length > 0}
            tellsNobody={rules.every((rule) => rule.channelIds.length === 0)}
          />
        </div>
      ) : (
        <AlertList
          alerts={alerts}
          tokens={list?.tokens ?? []}
          why={why}
          busyId={[acknowledge, undo].find((each) => each.isPending)?.variables?.id ?? null}
          onAcknowledge={(alert) => acknowledge.mutate(alert)}
          onUndo={(alert) => undo.mutate(alert)}
        />
      )}
      <div className={classes.more}>
        <OlderButton list={page} what="alerts" />
      </div>
      {askAll && (
        <ConfirmWindow
          title={`Acknowledge ${plural(counts?.open ?? 0, 'open alert')}?`}
          button="Acknowledge all"
          harmless
          problem={acknowledgeAll.isError ? problemOf(acknowledgeAll.error) : null}
          busy={acknowledgeAll.isPending}
          onConfirm={() => acknowledgeAll.mutate()}
          onClose={() => {
            acknowledgeAll.reset();
            setAskAll(false);
          }}
        >
          <p>Acknowledging doesn’t fix anything. It shows that you’re on it.</p>
          <p>Winesap stops repeating and escalating them. Alerts outside this filter stay open.</p>
        </ConfirmWindow>
      )}
    </section>
  );
}

function NothingTold({ filtered, tellsNobody }: { filtered: boolean; tellsNobody: boolean }) {
  if (filtered)
    return (
      <Empty title="No alerts match these filters" action={<Link to="/alerts">Show open alerts</Link>}>
        Alerts leave this list when they are resolved or acknowledged.
      </Empty>
    );
  if (tellsNobody)
    return (
      <Empty title="No alert is open" action={<Link to="/alerts/channels">Add a channel</Link>}>
        Rules are active but notify nobody yet. Add a channel (mail, Slack, Microsoft Teams, or a webhook), then select
        it in a rule.
      </Empty>
    );
  return (
    <Empty title="No alert is open" action={<Link to="/alerts/rules">Look at the rules</Link>}>
      When a rule finds something, the alert appears here and is sent through the rule’s channels.
    </Empty>
  );
}
