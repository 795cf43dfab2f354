import { useEffect, useEffectEvent, useState } from 'react';
import classes from './drop-anywhere.module.css';

/** Takes files dropped anywhere on the page, also beside every zone. Not while a window stands above it. */
export function DropAnywhere({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [over, setOver] = useState(false);
  const take = useEffectEvent(onFiles);

  useEffect(() => {
    const carriesFiles = (event: DragEvent) =>
      event.dataTransfer?.types.includes('Files') === true && document.querySelector('dialog[open]') === null;
    const track = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      // The frame of the page refused it a moment ago, for screens that take no files.
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!carriesFiles(event)) return;
      event.preventDefault();
      take([...(event.dataTransfer?.files ?? [])]);
    };
    // A drop that a zone took does not come this far; what shows must go all the same.
    const dropped = () => setOver(false);
    window.addEventListener('dragover', track);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    window.addEventListener('drop', dropped, { capture: true });
    return () => {
      window.removeEventListener('dragover', track);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
      window.removeEventListener('drop', dropped, { capture: true });
    };
  }, []);

  if (!over) return null;
  return (
    <div className={classes.veil} aria-hidden>
      <p>Let go: each file finds its token by itself</p>
    </div>
  );
}
