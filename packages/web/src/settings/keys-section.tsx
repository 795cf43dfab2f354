import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { type ApiKey, routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../app/api.ts';
import { keysQuery, meQuery } from '../app/queries.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { Empty } from '../parts/empty.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { Ago } from '../parts/time.tsx';
import { tell } from '../parts/told.tsx';
import { ConfirmWindow } from '../policies/confirm-window.tsx';
import { AddKeyWindow } from './add-key-window.tsx';
import classes from './settings.module.css';

/** Your own keys for programs. A key may do what you may. */
export function KeysSection() {
  const client = useQueryClient();
  const { data: me } = useSuspenseQuery(meQuery);
  const { data: keys, error } = useQuery(keysQuery);
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<ApiKey | null>(null);

  const end = useMutation({
    mutationFn: (key: ApiKey) => api.call(routes.removeKey, { params: { keyId: key.id } }),
    onSuccess: async (_nothing, key) => {
      tell(`The key ${key.name} has ended.`);
      setEnding(null);
      await client.invalidateQueries({ queryKey: ['keys'] });
    },
  });

  return (
    <section aria-label="API keys">
      <div className={classes.head}>
        <p className={classes.lead}>
          For programs: the <code>winesap</code> command, scripts, monitoring. A key does what you may do as {me.role},
          and its text is shown once. The API is described at <a href="/api/openapi.json">/api/openapi.json</a>.
        </p>
        <ActionButton aria-haspopup="dialog" onClick={() => setAdding(true)}>
          Add key
        </ActionButton>
      </div>
      {error !== null && <ProblemNote problem={problemOf(error)} />}
      {keys?.length === 0 ? (
        <div className="card">
          <Empty title="No keys yet">Add one to use the command line or the HTTP API.</Empty>
        </div>
      ) : (
        <ul className={classes.list}>
          {keys?.map((key) => (
            <li key={key.id} className={classes.item}>
              <div className={classes.who}>
                <b>{key.name}</b>
                <span className="quiet">
                  {key.start !== null && <span className="mono">{key.start}… · </span>}
                  made <Ago at={key.createdAt} /> ·{' '}
                  {key.lastUsedAt === null ? (
                    'never used'
                  ) : (
                    <>
                      last used <Ago at={key.lastUsedAt} />
                    </>
                  )}
                </span>
              </div>
              <ActionButton
                variant="danger-quiet"
                aria-label={`End the key ${key.name}`}
                aria-haspopup="dialog"
                onClick={() => setEnding(key)}
              >
                End…
              </ActionButton>
            </li>
          ))}
        </ul>
      )}
      {adding && <AddKeyWindow onClose={() => setAdding(false)} />}
      {ending !== null && (
        <ConfirmWindow
          title={`End the key ${ending.name}?`}
          button="End key"
          problem={end.isError ? problemOf(end.error) : null}
          busy={end.isPending}
          onConfirm={() => end.mutate(ending)}
          onClose={() => {
            end.reset();
            setEnding(null);
          }}
        >
          <p>Programs that use it are refused from then on. What they did stays.</p>
        </ConfirmWindow>
      )}
    </section>
  );
}
