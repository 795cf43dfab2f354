import { useState } from 'react';
import { DropZone } from '../parts/drop-zone.tsx';
import { AddWindow } from '../token/add-window.tsx';
import { RenewalWindow } from '../token/renewal-window.tsx';
import classes from './dropped-files.module.css';
import { DroppedList } from './dropped-list.tsx';
import { type PickedPolicy, PickPolicyWindow } from './pick-policy-window.tsx';
import { useDroppedFiles } from './use-dropped-files.ts';

/** Drop many files at once: each is matched to its token by the location it opens, then confirmed one after another. */
export function DroppedFiles({ why }: { why: string | null }) {
  const { files, current, take, settle, open, clear } = useDroppedFiles();
  const [picked, setPicked] = useState<PickedPolicy | null>(null);

  const closeAdd = () => {
    setPicked(null);
    if (current !== null) settle(current.key, 'passed-over');
  };

  return (
    <div className={classes.area}>
      <DropZone
        compact
        multiple
        label="Drop .vpptoken files here to renew"
        onFiles={(list) => void take(list)}
        why={why}
      >
        Drop <code>.vpptoken</code> files here to renew, or <strong>choose files</strong>
      </DropZone>
      {files.length > 0 && <DroppedList files={files} onOpen={open} onClear={clear} />}

      {current?.state === 'held' && (
        <RenewalWindow
          key={current.key}
          tokenId={current.heldBy.tokenId}
          droppedFile={current.file}
          onRenewed={() => settle(current.key, 'renewed')}
          onClose={() => settle(current.key, 'passed-over')}
        />
      )}
      {current?.state === 'not-held' && picked === null && (
        <PickPolicyWindow
          key={current.key}
          fileName={current.name}
          locationName={current.inspection.identity.locationName}
          onPick={setPicked}
          onClose={() => settle(current.key, 'passed-over')}
        />
      )}
      {current?.state === 'not-held' && picked !== null && (
        <AddWindow
          key={current.key}
          policy={picked}
          dropped={{ file: current.file, inspection: current.inspection }}
          onAdded={() => settle(current.key, 'added')}
          onClose={closeAdd}
        />
      )}
    </div>
  );
}
