import { Radio } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type OpenLinks, type Person, routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../data/api.ts';
import { query } from '../data/query.ts';
import { invalidate } from '../data/reads.ts';
import { shortDate } from '../data/times.ts';
import { ProblemNote } from '../parts/notes/problem-note.tsx';
import { showToast } from '../parts/notes/toasts.tsx';
import { ActionButton } from '../windows/action-button.tsx';
import { Window } from '../windows/window.tsx';
import { linksInWords, linksOf } from './links-of-person.ts';

type Fate = 'end' | 'hand-over';

/** Takes a person's access away, and asks first what becomes of the addresses the person made for others. */
export function RemovePersonWindow({ person, onClose }: { person: Person; onClose: () => void }) {
  const client = useQueryClient();
  const { data: all, error } = useQuery(query(routes.listOpenLinks));
  const [fate, setFate] = useState<Fate>('end');
  const links = all === undefined ? undefined : linksOf(all, person.id);
  const remove = useMutation({
    mutationFn: () => api.call(routes.removePerson, { params: { personId: person.id }, query: { links: fate } }),
    onSuccess: async () => {
      showToast(`${person.name} no longer has access.`);
      onClose();
      await invalidate(client, routes.listPeople, routes.listOpenLinks, routes.listCalendarFeeds, routes.listUploads);
    },
  });

  return (
    <Window
      title={`Remove ${person.name}?`}
      onClose={onClose}
      busy={remove.isPending}
      actions={
        <>
          <ActionButton variant="default" onClick={onClose}>
            Cancel
          </ActionButton>
          <ActionButton
            variant="danger"
            why={links === undefined ? 'Reading what ends with this person…' : null}
            busy={remove.isPending}
            onClick={() => remove.mutate()}
          >
            Remove
          </ActionButton>
        </>
      }
    >
      <div className="stack">
        <p>Tokens, policies and events stay as they are.</p>
        <p>
          {person.name} is signed out everywhere, and the API keys of {person.email} end.
        </p>
        {error !== null && <ProblemNote problem={problemOf(error)} />}
        {links !== undefined && linksInWords(links) !== '' && (
          <SharedLinks links={links} person={person} fate={fate} onChange={setFate} />
        )}
        {remove.isError && <ProblemNote problem={problemOf(remove.error)} />}
      </div>
    </Window>
  );
}

interface SharedLinksProps {
  links: OpenLinks;
  person: Person;
  fate: Fate;
  onChange: (fate: Fate) => void;
}

function SharedLinks({ links, person, fate, onChange }: SharedLinksProps) {
  return (
    <section aria-label="Shared links" className="stack">
      <p>
        {person.name} made {linksInWords(links)}. Anyone who has the address can use it without signing in:
      </p>
      <ul>
        {links.uploadLinks.map((link) => (
          <li key={link.id}>
            Upload link for {link.locationName ?? link.organizationName}, until {shortDate(link.expiresAt)}
          </li>
        ))}
        {links.calendarFeeds.map((feed) => (
          <li key={feed.id}>
            Calendar feed “{feed.name}”, {feed.organizationName ?? 'all organizations'}
          </li>
        ))}
      </ul>
      <Radio.Group aria-label="What happens to them" value={fate} onChange={(value) => onChange(value as Fate)}>
        <div className="stack">
          <Radio
            value="end"
            label="End"
            description="Customers and calendars that use these addresses need new ones."
          />
          <Radio
            value="hand-over"
            label="Hand over to me"
            description={`These addresses keep working. ${person.name} may still know them.`}
          />
        </div>
      </Radio.Group>
    </section>
  );
}
