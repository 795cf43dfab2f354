import classes from './filter-chips.module.css';

export interface FilterChip {
  key: string;
  words: string;
  onRemove: () => void;
}

/** Each part of a filter that is set, to take it away again. */
export function FilterChips({ chips }: { chips: readonly FilterChip[] }) {
  return (
    <ul className={classes.chips} aria-label="Set filters">
      {chips.map(({ key, words, onRemove }) => (
        <li key={key}>
          <button type="button" aria-label={`Remove filter ${words}`} onClick={onRemove}>
            {words} <span aria-hidden>×</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
