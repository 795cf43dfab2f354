import { type ReactNode, useId } from 'react';
import classes from './drop-zone.module.css';
import { useFileDrop } from './use-file-drop.ts';

interface Props {
  onFiles: (files: File[]) => void;
  /** What the field is called: `Choose a file`. */
  label: string;
  children: ReactNode;
  multiple?: boolean;
  /** Why nothing can be dropped here now. */
  why?: string | null;
  compact?: boolean;
}

/**
 * A place to drop files that is also the button of a real file field: pointer, keyboard and screen readers all
 * reach the same field.
 */
export function DropZone({ onFiles, label, children, multiple = false, why = null, compact = false }: Props) {
  const whyId = useId();
  const take = (files: File[]) => {
    if (why === null && files.length > 0) onFiles(multiple ? files : files.slice(0, 1));
  };
  const { over, handlers } = useFileDrop(take);

  return (
    <div
      className={classes.zone}
      data-over={(over && why === null) || undefined}
      data-off={why !== null || undefined}
      data-compact={compact || undefined}
      {...handlers}
      title={why ?? undefined}
    >
      <input
        type="file"
        className={classes.input}
        aria-label={label}
        aria-describedby={why === null ? undefined : whyId}
        multiple={multiple}
        disabled={why !== null}
        onKeyDown={(event) => {
          // Browsers open a file field with Space; as a button it also answers to Enter.
          if (event.key !== 'Enter') return;
          event.preventDefault();
          event.currentTarget.click();
        }}
        onChange={(event) => {
          take([...(event.currentTarget.files ?? [])]);
          // The same file may be chosen again after it was changed.
          event.currentTarget.value = '';
        }}
      />
      <svg className={classes.icon} width="22" height="22" viewBox="0 0 24 24" aria-hidden>
        <path d="M12 15V4m0 0L7.500 8.500M12 4l4.500 4.500M4 15.500V18a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-2.500" />
      </svg>
      <div className={classes.words}>{why === null ? children : <span id={whyId}>{why}</span>}</div>
    </div>
  );
}
