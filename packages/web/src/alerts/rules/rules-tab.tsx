import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Rule, routes } from '@winesap/api';
import { conditionWords, count, notifiesWords, repetitionWords, scopeWords } from '@winesap/api/words';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { meQuery } from '../../data/queries.ts';
import { query } from '../../data/query.ts';
import { invalidate } from '../../data/reads.ts';
import { whyNot } from '../../data/why-not.ts';
import settings from '../../lists/sections.module.css';
import { Empty } from '../../parts/notes/empty.tsx';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { showToast } from '../../parts/notes/toasts.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { ConfirmWindow } from '../../policies/confirm-window.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { RuleWindow } from './rule-window.tsx';
import classes from './rules.module.css';

type Open = { kind: 'add' } | { kind: 'edit' | 'remove'; rule: Rule };

/** What is watched, where, and who is told. */
export function RulesTab() {
  const client = useQueryClient();
  const { data: me } = useSuspenseQuery(meQuery);
  const { data, error } = useQuery(query(routes.listRules));
  const rules = data?.rules;
  const channels = useQuery({ ...query(routes.listChannels), enabled: whyNot(me, routes.listChannels) === null }).data
    ?.channels;
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const why = whyNot(me, routes.changeRule);
  const nameOf = (id: string) => channels?.find((channel) => channel.id === id)?.name ?? 'a channel';

  const change = useMutation({
    mutationFn: ({ rule, enabled }: { rule: Rule; enabled: boolean }) => {
      const { id, scopeName, scopeGone, open, createdAt, ...body } = rule;
      return api.call(routes.changeRule, { params: { ruleId: id }, body: { ...body, enabled } });
    },
    onSuccess: async (_nothing, { rule, enabled }) => {
      showToast(enabled ? `${rule.name} watches again.` : `${rule.name} is switched off. What is open stays open.`);
      await invalidate(client, routes.listRules);
    },
  });
  const remove = useMutation({
    mutationFn: (rule: Rule) => api.call(routes.removeRule, { params: { ruleId: rule.id } }),
    onSuccess: async (_nothing, rule) => {
      showToast(`The rule ${rule.name} is removed.`);
      close();
      await invalidate(client, routes.listRules);
      await invalidate(client, routes.listAlerts);
    },
  });

  return (
    <section aria-label="Rules">
      <div className={settings.head}>
        <p className={settings.lead}>
          A rule watches for one thing, somewhere or everywhere, and tells it once through its channels. What it found
          stands under Alerts.
        </p>
        <ActionButton why={why} aria-haspopup="dialog" onClick={() => setOpen({ kind: 'add' })}>
          Add rule
        </ActionButton>
      </div>
      {error !== null && <ProblemNote problem={problemOf(error)} />}
      {change.isError && <ProblemNote problem={problemOf(change.error)} />}
      {rules?.length === 0 ? (
        <div className="card">
          <Empty title="No rules">Add a rule to be notified before a token expires or when one breaks.</Empty>
        </div>
      ) : (
        <ul className={settings.list} aria-label="Rules">
          {rules?.map((rule) => (
            <li key={rule.id} className={classes.rule} data-off={!rule.enabled || undefined}>
              <Switch
                aria-label={`${rule.name} is on`}
                checked={rule.enabled}
                disabled={why !== null || change.isPending || rule.scopeGone}
                onChange={(event) => change.mutate({ rule, enabled: event.currentTarget.checked })}
              />
              <div className={classes.words}>
                <p className={classes.name}>{rule.name}</p>
                <p>When {conditionWords(rule.condition)}.</p>
                <p className={classes.about}>
                  <span>
                    {rule.scopeGone && <SeverityMark severity="soon" />} Watches {scopeWords(rule)}
                  </span>
                  <span>
                    {rule.channelIds.length === 0 ? (
                      <>
                        <SeverityMark severity="soon" /> {notifiesWords(rule, nameOf)}
                      </>
                    ) : (
                      notifiesWords(rule, nameOf)
                    )}
                  </span>
                  {repetitionWords(rule, nameOf).map((words) => (
                    <span key={words}>{words}</span>
                  ))}
                  {rule.open > 0 && (
                    <Link to="/alerts" search={{ ruleId: rule.id }}>
                      {count(rule.open)} open
                    </Link>
                  )}
                </p>
              </div>
              <div className={settings.buttons}>
                <ActionButton
                  variant="default"
                  why={why}
                  aria-label={`Change ${rule.name}`}
                  aria-haspopup="dialog"
                  onClick={() => setOpen({ kind: 'edit', rule })}
                >
                  Change…
                </ActionButton>
                <ActionButton
                  variant="danger-quiet"
                  why={why}
                  aria-label={`Remove ${rule.name}`}
                  aria-haspopup="dialog"
                  onClick={() => setOpen({ kind: 'remove', rule })}
                >
                  Remove…
                </ActionButton>
              </div>
            </li>
          ))}
        </ul>
      )}
      {open?.kind === 'add' && <RuleWindow channels={channels ?? []} onClose={close} />}
      {open?.kind === 'edit' && <RuleWindow rule={open.rule} channels={channels ?? []} onClose={close} />}
      {open?.kind === 'remove' && (
        <ConfirmWindow
          title={`Remove ${open.rule.name}?`}
          button="Remove"
          problem={remove.isError ? problemOf(remove.error) : null}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(open.rule)}
          onClose={() => {
            remove.reset();
            close();
          }}
        >
          <p>Tokens, events and channels stay as they are.</p>
          <p>The rule stops watching, and its alerts are deleted. To keep them, turn the rule off instead.</p>
        </ConfirmWindow>
      )}
    </section>
  );
}
