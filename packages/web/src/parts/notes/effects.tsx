import classes from './effects.module.css';

interface Props {
  willNot: readonly string[];
  will: readonly string[];
}

/** What an action that somebody may regret will not do, and what it will: read before it is confirmed. */
export function Effects({ willNot, will }: Props) {
  return (
    <>
      <Lines title="This will not" kind="not" lines={willNot} />
      <Lines title="This will" kind="will" lines={will} />
    </>
  );
}

function Lines({ title, kind, lines }: { title: string; kind: 'not' | 'will'; lines: readonly string[] }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul className={classes.list} data-kind={kind}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
