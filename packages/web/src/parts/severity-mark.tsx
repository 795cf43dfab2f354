import type { Severity } from '@winesap/api';
import classes from './severity-mark.module.css';

/** A shape for a severity, told apart without colour: cross, half disc, question mark, clock, ring. A word stands beside it. */
export function SeverityMark({ severity, size = 14 }: { severity: Severity; size?: number }) {
  return (
    <svg className={classes.mark} data-severity={severity} width={size} height={size} viewBox="0 0 16 16" aria-hidden>
      {severity === 'broken' && (
        <>
          <circle cx="8" cy="8" r="8" fill="currentColor" />
          <path d="M5.2 5.2l5.600 5.600M10.800 5.200l-5.600 5.600" className={classes.cut} strokeWidth="1.9" />
        </>
      )}
      {severity === 'soon' && (
        <>
          <circle cx="8" cy="8" r="6.900" fill="none" stroke="currentColor" strokeWidth="1.800" />
          <path d="M8 1.500a6.500 6.500 0 0 1 0 13z" fill="currentColor" />
        </>
      )}
      {severity === 'unknown' && (
        <>
          <circle
            cx="8"
            cy="8"
            r="7"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.500"
            strokeDasharray="2.600 1.800"
          />
          <path
            d="M6.200 6.400c0-1.100.8-1.800 1.800-1.800s1.800.7 1.800 1.600c0 1.300-1.800 1.400-1.800 2.700M8 11.200v.2"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.500"
            strokeLinecap="round"
          />
        </>
      )}
      {severity === 'checking' && (
        <>
          <circle cx="8" cy="8" r="6.900" fill="none" stroke="currentColor" strokeWidth="1.800" />
          <path
            d="M8 4.200v3.800l2.600 1.700"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.700"
            strokeLinecap="round"
          />
        </>
      )}
      {severity === 'ok' && <circle cx="8" cy="8" r="6.600" fill="none" stroke="currentColor" strokeWidth="2" />}
    </svg>
  );
}

/** Mark and word together: `✕ Revoked`. */
export function SeverityLabel({ severity, label }: { severity: Severity; label: string }) {
  return (
    <span className={classes.label} data-severity={severity}>
      <SeverityMark severity={severity} />
      {label}
    </span>
  );
}
