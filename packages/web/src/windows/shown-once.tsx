import { type ReactNode, useId, useState } from 'react';
import { ActionButton } from './action-button.tsx';
import classes from './shown-once.module.css';
import { Window } from './window.tsx';

interface Props {
  title: string;
  subtitle?: ReactNode;
  /** What to do with it, and that it is not shown again. */
  lead: ReactNode;
  text: string;
  children?: ReactNode;
  onClose: () => void;
}

/** A secret right after it was made: shown this once, with the way to take it along. */
export function ShownOnceWindow({ title, subtitle, lead, text, children, onClose }: Props) {
  return (
    <Window
      title={title}
      {...(subtitle === undefined ? {} : { subtitle })}
      onClose={onClose}
      actions={<ActionButton onClick={onClose}>Done</ActionButton>}
    >
      <div className="stack">
        <p>{lead}</p>
        <Copied text={text} />
        {children}
      </div>
    </Window>
  );
}

/** A text to take along: selected by a click, or copied by the button. */
export function Copied({ text, button = 'Copy', prose = false }: { text: string; button?: string; prose?: boolean }) {
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null);
  const textId = useId();
  return (
    <div>
      <code id={textId} className={classes.text} data-prose={prose || undefined}>
        {text}
      </code>
      <div className="row">
        <ActionButton
          variant="default"
          onClick={() => {
            // A page that was not opened over https has no clipboard.
            const written = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
            void written.then(
              () => setCopied('yes'),
              () => setCopied('no'),
            );
          }}
        >
          {button}
        </ActionButton>
        <span role="status">
          {copied === 'yes' && 'Copied.'}
          {copied === 'no' && 'The browser does not let this page copy. Select the text above and copy it yourself.'}
        </span>
      </div>
    </div>
  );
}
