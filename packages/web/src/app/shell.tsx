import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { LiveContext, useConnection, useStartLive } from '../data/use-live.ts';
import { printPage } from '../lists/rows/print-whole.ts';
import { Toasts } from '../parts/notes/toasts.tsx';
import { TouchedTime } from '../parts/touched-time.tsx';
import { useFocusKept } from '../parts/use-focus-kept.ts';
import { OpenBatches } from '../tokens/batch/open-batches.tsx';
import { WaitingFiles } from '../tokens/uploads/waiting-files.tsx';
import { MainNav } from './main-nav.tsx';
import { PersonMenu } from './person-menu.tsx';
import classes from './shell.module.css';
import { useScreensAtHand } from './use-screens-at-hand.ts';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));

/** The frame of every screen behind the sign-in. */
export function Shell() {
  const live = useStartLive();
  const [palette, setPalette] = useState(false);

  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'p' && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        void printPage();
        return;
      }
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey)
        return;
      // A window above the page is to be finished or closed first.
      if (document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      setPalette(true);
    };
    // A file dropped beside a drop zone would make the browser leave the page and open the file.
    const refuseDrop = (event: DragEvent) => {
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none';
    };
    window.addEventListener('keydown', open);
    document.body.addEventListener('dragover', refuseDrop);
    document.body.addEventListener('drop', refuseDrop);
    return () => {
      window.removeEventListener('keydown', open);
      document.body.removeEventListener('dragover', refuseDrop);
      document.body.removeEventListener('drop', refuseDrop);
    };
  }, []);

  const pathname = useLocation({ select: (location) => location.pathname });
  useFocusKept(pathname);
  useScreensAtHand();

  return (
    <LiveContext value={live}>
      <a className={classes.skip} href="#content">
        Skip to content
      </a>
      <header className={classes.bar}>
        <div className={classes.barInner}>
          <MainNav />
          <div className={classes.tools}>
            <ConnectionMark />
            <button
              type="button"
              className={classes.find}
              onClick={() => setPalette(true)}
              aria-label="Go to…"
              aria-keyshortcuts="Meta+K Control+K"
              aria-haspopup="dialog"
            >
              <svg width="15" height="15" viewBox="0 0 16 16" aria-hidden>
                <path d="M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.700 10.700 14 14" />
              </svg>
              <span className={classes.findWord}>Go to…</span>
              <kbd>{/Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘K' : 'Ctrl K'}</kbd>
            </button>
            <PersonMenu />
          </div>
        </div>
      </header>
      <OpenBatches />
      <WaitingFiles />
      <main id="content" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
      <Toasts />
      <TouchedTime />
      {palette && (
        <Suspense>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </LiveContext>
  );
}

/** Says that what is shown may be old while the server cannot be reached. Keeps its place when silent. */
function ConnectionMark() {
  const lost = useConnection() === 'lost';
  return (
    <span className={classes.connection} role="status" data-lost={lost || undefined}>
      {lost && 'reconnecting…'}
    </span>
  );
}
