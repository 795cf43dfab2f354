import { useState } from 'react';
import { DropZone } from '../parts/files/drop-zone.tsx';
import type { Judged } from '../tokens/bulk/bulk-file.ts';
import { BulkSection } from '../tokens/bulk/bulk-section.tsx';
import { useBulkRenewal } from '../tokens/bulk/use-bulk-renewal.ts';
import { AddWindow } from '../tokens/renewal/add-window.tsx';
import { RenewalWindow } from '../tokens/renewal/renewal-window.tsx';
import { DropAnywhere } from './drop-anywhere.tsx';
import { DroppedFileLine } from './dropped-file-line.tsx';
import classes from './dropped-files.module.css';
import { type PickedPolicy, PickPolicyWindow } from './pick-policy-window.tsx';
import { useDroppedFile } from './use-dropped-file.ts';

/**
 * Files dropped anywhere on the overview. One opens the renewal window of its token; of many, each is matched to its token
 * by the location it opens, and all stand in one table.
 */
export function DroppedFiles({ personId, why }: { personId: string; why: string | null }) {
  const { bulk, state } = useBulkRenewal(personId);
  const single = useDroppedFile();
  const [adding, setAdding] = useState<Judged | null>(null);
  const { file } = single;

  const take = (list: File[]) => {
    const [first, ...more] = list;
    if (first === undefined) return;
    if (more.length === 0 && state.files.length === 0) return void single.take(first);
    single.clear();
    bulk.take(list);
  };

  return (
    <div className={classes.area}>
      <DropZone compact multiple label="Drop .vpptoken files here to renew" onFiles={take} why={why}>
        Drop <code>.vpptoken</code> files, one or many, or <strong>choose files</strong>
      </DropZone>
      {why === null && <DropAnywhere onFiles={take} />}
      {state.files.length > 0 && <BulkSection bulk={bulk} state={state} onAdd={setAdding} />}
      {file !== null && state.files.length === 0 && (
        <DroppedFileLine file={file} onOpen={single.open} onClear={single.clear} />
      )}

      {single.isOpen && file?.state === 'held' && (
        <RenewalWindow
          key={file.key}
          tokenId={file.heldBy.tokenId}
          dropped={{ file: file.file, problem: null }}
          onRenewed={() => single.settle('renewed')}
          onClose={() => single.settle('passed-over')}
        />
      )}
      {single.isOpen && file?.state === 'not-held' && (
        <AddDropped
          key={file.key}
          dropped={file}
          onAdded={() => single.settle('added')}
          onClose={() => single.settle('passed-over')}
        />
      )}
      {adding !== null && adding.file !== null && adding.inspection !== null && (
        <AddDropped
          key={adding.key}
          dropped={{ file: adding.file, inspection: adding.inspection }}
          onAdded={() => bulk.added(adding.key)}
          onClose={() => setAdding(null)}
        />
      )}
    </div>
  );
}

interface AddProps {
  dropped: NonNullable<Parameters<typeof AddWindow>[0]['dropped']>;
  onAdded: () => void;
  onClose: () => void;
}

/** A file of a location nobody holds here: first the policy, then the same window as Add Token. */
function AddDropped({ dropped, onAdded, onClose }: AddProps) {
  const [picked, setPicked] = useState<PickedPolicy | null>(null);
  return picked === null ? (
    <PickPolicyWindow
      fileName={dropped.file.name}
      locationName={dropped.inspection.identity.locationName}
      onPick={setPicked}
      onClose={onClose}
    />
  ) : (
    <AddWindow policy={picked} dropped={dropped} onAdded={onAdded} onClose={onClose} />
  );
}
