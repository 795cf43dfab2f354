import type { Level } from '@winesap/api';
import classes from './level-mark.module.css';

export const LEVEL_WORD: Record<Level, string> = { error: 'Error', warning: 'Warning', info: 'Info' };

/** Cross, triangle or dot; the word is read out, and shown where `word` is set. */
export function LevelMark({ level, word = false }: { level: Level; word?: boolean }) {
  return (
    <span className={classes.mark} data-level={level}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden>
        {level === 'error' && (
          <>
            <circle cx="6" cy="6" r="6" fill="currentColor" />
            <path d="M4 4l4 4M8 4l-4 4" className={classes.cut} />
          </>
        )}
        {level === 'warning' && <path d="M6 .8 11.600 11H.4z" fill="currentColor" />}
        {level === 'info' && <circle cx="6" cy="6" r="2.600" fill="currentColor" />}
      </svg>
      <span className={word ? undefined : 'unseen'}>{LEVEL_WORD[level]}</span>
    </span>
  );
}
