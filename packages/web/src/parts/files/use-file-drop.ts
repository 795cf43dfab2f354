import { type DragEvent, useState } from 'react';

interface FileDrop {
  /** Files are held above the place now. */
  over: boolean;
  /** To be spread on the place. */
  handlers: {
    onDragEnter: (event: DragEvent) => void;
    onDragOver: (event: DragEvent) => void;
    onDragLeave: (event: DragEvent) => void;
    onDrop: (event: DragEvent) => void;
  };
}

/** Makes a place of the page one where files can be dropped. The page around it refuses them. */
export function useFileDrop(onFiles: (files: File[]) => void): FileDrop {
  const [over, setOver] = useState(false);
  const track = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    // Moving onto a child of the place also counts as leaving the place.
    if (!isOver && event.currentTarget.contains(event.relatedTarget as Node | null)) return;
    setOver(isOver);
  };
  return {
    over,
    handlers: {
      onDragEnter: track(true),
      onDragOver: track(true),
      onDragLeave: track(false),
      onDrop: (event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        const files = [...event.dataTransfer.files];
        if (files.length > 0) onFiles(files);
      },
    },
  };
}
