import { useEffect, useState } from 'react';
import classes from './search-field.module.css';

interface Props {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}

/** How long typing may pause before the search is made: the address need not change at every letter. */
const PAUSE_MS = 180;

/** A search field whose words live in the address. */
export function SearchField({ label, placeholder, value, onChange }: Props) {
  const [text, setText] = useState(value);
  const [given, setGiven] = useState(value);
  if (value !== given) {
    // The address changed from elsewhere: a link, the back button.
    setGiven(value);
    setText(value);
  }
  useEffect(() => {
    if (text === given) return;
    const pause = setTimeout(() => {
      setGiven(text);
      onChange(text);
    }, PAUSE_MS);
    return () => clearTimeout(pause);
  });
  return (
    <span className={classes.field}>
      <svg width="15" height="15" viewBox="0 0 16 16" aria-hidden>
        <path d="M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.700 10.700 14 14" />
      </svg>
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </span>
  );
}
