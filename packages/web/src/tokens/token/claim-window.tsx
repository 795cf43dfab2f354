import { Checkbox, Radio } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ContentToken, type Mode, routes } from '@winesap/api';
import { placeOf } from '@winesap/api/words';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { showToast } from '../../parts/notes/toasts.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { Window } from '../../windows/window.tsx';
import { ClaimHolder } from './claim-holder.tsx';
import { showToken } from './show-token.ts';

/** Watch or manage; the answer to “claimed elsewhere”. Taking over names whom, and is said twice. */
export function ClaimWindow({ token, onClose }: { token: ContentToken; onClose: () => void }) {
  const client = useQueryClient();
  const { claim, locationName } = token.identity;
  const foreign = claim.state === 'foreign';
  const [mode, setMode] = useState<Mode>(foreign ? 'watch' : token.mode);
  const [consent, setConsent] = useState(false);
  const takesOver = foreign && mode === 'manage';

  const change = useMutation({
    mutationFn: () =>
      api.call(routes.changeMode, {
        params: { tokenId: token.tokenId },
        body: { mode, ...(takesOver && claim.id !== null ? { takeOverFrom: claim.id } : {}) },
      }),
    onSuccess: (changed) => {
      showToken(client, changed);
      showToast(
        changed.mode === 'manage' ? 'Winesap manages this location now.' : 'Winesap only watches this location.',
      );
      onClose();
    },
  });

  const why = takesOver && !consent ? `Confirm first that ${claim.words} is to lose this location.` : null;

  return (
    <Window
      title={`Who manages ${locationName ?? 'this location'}?`}
      subtitle={placeOf(token)}
      onClose={onClose}
      busy={change.isPending}
      actions={
        <>
          <ActionButton variant="default" onClick={onClose}>
            Cancel
          </ActionButton>
          <ActionButton
            variant={takesOver ? 'danger' : 'filled'}
            why={why}
            busy={change.isPending}
            onClick={() => change.mutate()}
          >
            {takesOver ? 'Take over' : foreign ? 'Keep watching' : 'Save'}
          </ActionButton>
        </>
      }
    >
      <div className="stack">
        <ClaimHolder claim={claim} />
        <ModeChoice mode={mode} onMode={setMode} foreignName={foreign ? claim.words : null} />
        {takesOver && (
          <Checkbox
            label={`Take this location over from ${claim.words}`}
            description={`${claim.words} stops receiving Apple’s notifications and will show an error. No license changes and no app leaves a device by this.`}
            checked={consent}
            onChange={(event) => setConsent(event.currentTarget.checked)}
          />
        )}
        {change.isError && <ProblemNote problem={problemOf(change.error)} />}
      </div>
    </Window>
  );
}

interface ChoiceProps {
  mode: Mode;
  onMode: (mode: Mode) => void;
  /** Who else holds the location, when somebody does. */
  foreignName: string | null;
}

export function ModeChoice({ mode, onMode, foreignName }: ChoiceProps) {
  return (
    <Radio.Group
      value={mode}
      onChange={(value) => onMode(value === 'manage' ? 'manage' : 'watch')}
      label="What Winesap does here"
    >
      <div className="stack" style={{ gap: 12, marginTop: 8 }}>
        <Radio
          value="watch"
          label={foreignName === null ? 'Watch' : `Keep watching beside ${foreignName}`}
          description="Winesap only ever reads the location and writes nothing at Apple."
        />
        <Radio
          value="manage"
          label={foreignName === null ? 'Manage' : `Take over from ${foreignName}`}
          description="Winesap enters itself at Apple as the manager of this location."
        />
      </div>
    </Radio.Group>
  );
}
