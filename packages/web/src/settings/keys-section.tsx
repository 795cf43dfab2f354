import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { type ApiKey, type OwnedKey, routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../data/api.ts';
import { meQuery } from '../data/queries.ts';
import { query } from '../data/query.ts';
import { invalidate } from '../data/reads.ts';
import { whyNot } from '../data/why-not.ts';
import classes from '../lists/sections.module.css';
import { Empty } from '../parts/notes/empty.tsx';
import { ProblemNote } from '../parts/notes/problem-note.tsx';
import { showToast } from '../parts/notes/toasts.tsx';
import { ConfirmWindow } from '../policies/confirm-window.tsx';
import { ActionButton } from '../windows/action-button.tsx';
import { AddKeyWindow } from './add-key-window.tsx';
import { KeyList } from './key-list.tsx';

/** Keys for programs: your own, and for owners those of everybody else. */
export function KeysSection() {
  const client = useQueryClient();
  const { data: me } = useSuspenseQuery(meQuery);
  const { data, error } = useQuery(query(routes.listKeys));
  const keys = data?.keys;
  const all =
    useQuery({ ...query(routes.listAllKeys), enabled: whyNot(me, routes.listAllKeys) === null }).data?.keys ?? [];
  const others = all.filter(({ person }) => person.id !== me.id);
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<ApiKey | OwnedKey | null>(null);

  const end = useMutation({
    mutationFn: (key: ApiKey) => api.call(routes.removeKey, { params: { keyId: key.id } }),
    onSuccess: async (_nothing, key) => {
      showToast(`The key ${key.name} has ended.`);
      setEnding(null);
      await invalidate(client, routes.listKeys, routes.listAllKeys);
    },
  });

  return (
    <section aria-label="API keys">
      <div className={classes.head}>
        <p className={classes.lead}>
          For programs: the <code>winesap</code> command, scripts, monitoring. A key can do what you can as {me.role},
          except make keys or change people, and its text is shown once. The API is described at{' '}
          <a href="/api/openapi.json">/api/openapi.json</a>.
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
        keys !== undefined && <KeyList label="Your keys" keys={keys} onEnd={setEnding} />
      )}
      {others.length > 0 && (
        <>
          <h2 className={classes.others}>Keys of other people</h2>
          <KeyList label="Keys of other people" keys={others} onEnd={setEnding} />
        </>
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
