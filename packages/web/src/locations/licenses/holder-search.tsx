import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { routes } from '@winesap/api';
import { type FormEvent, useState } from 'react';
import { problemOf } from '../../data/api.ts';
import { query } from '../../data/query.ts';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { WordsOnTheirWay } from '../../parts/on-its-way.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { Holdings } from '../location/holdings.tsx';
import location from '../location/location.module.css';
import classes from './licenses.module.css';

interface Props {
  holder: string;
  onFind: (holder: string) => void;
}

/** What does a device or user hold, wherever it is? Looked for when asked, not at every letter: all locations are. */
export function HolderSearch({ holder, onFind }: Props) {
  const wanted = holder.trim();
  const { data, error, isFetching } = useQuery({
    ...query(routes.listHoldings, { query: { holder: wanted } }),
    enabled: wanted !== '',
  });
  const [text, setText] = useState(holder);
  const [given, setGiven] = useState(holder);
  if (holder !== given) {
    // The address changed from elsewhere: a link, the back button.
    setGiven(holder);
    setText(holder);
  }
  const find = (event: FormEvent) => {
    event.preventDefault();
    onFind(text.trim());
  };
  return (
    <section className="card" aria-label="What does a device or user hold?">
      <header className={`spread ${location.head}`}>
        <h2>What does a device or user hold?</h2>
        <search aria-label="Find a device or user" className={classes.find}>
          <form className={classes.form} onSubmit={find}>
            <TextInput
              type="search"
              aria-label="Serial number or user"
              placeholder="Whole serial number, or clientUserId"
              value={text}
              maxLength={400}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <ActionButton type="submit" variant="default" busy={isFetching && wanted !== ''}>
              Find
            </ActionButton>
          </form>
        </search>
      </header>
      <div className={location.body} aria-live="polite">
        {wanted === '' ? (
          <p className="quiet">Every license of one device or user, with the location it comes from.</p>
        ) : error !== null ? (
          <ProblemNote problem={problemOf(error)} />
        ) : data === undefined ? (
          <p>
            <WordsOnTheirWay what="Searching all locations" />
          </p>
        ) : (
          <Holdings wanted={wanted} holdings={data.holdings} complete={data.complete} uId={null} />
        )}
      </div>
    </section>
  );
}
