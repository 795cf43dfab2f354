import { useEffect, useState } from 'react';
import classes from './touched-time.module.css';

interface Shown {
  words: string;
  left: number;
  top: number;
}

/**
 * What a pointer learns by resting on a time, a finger learns by touching it: the full date and time, above the place.
 * A time inside a link or button leaves the touch to it.
 */
export function TouchedTime() {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    const touch = (event: MouseEvent) => {
      const time = event.target instanceof Element ? event.target.closest('time[title]') : null;
      const byFinger = event instanceof PointerEvent && event.pointerType === 'touch';
      if (!byFinger || time === null || time.closest('a, button, summary, label') !== null) return setShown(null);
      const place = time.getBoundingClientRect();
      setShown({
        words: time.getAttribute('title') ?? '',
        left: Math.min(Math.max(place.left + place.width / 2, 130), window.innerWidth - 130),
        top: place.top,
      });
    };
    const leave = () => setShown(null);
    document.addEventListener('click', touch);
    document.addEventListener('scroll', leave, { capture: true, passive: true });
    return () => {
      document.removeEventListener('click', touch);
      document.removeEventListener('scroll', leave, { capture: true });
    };
  }, []);
  return (
    <div role="status" className={classes.place}>
      {shown !== null && (
        <span
          className={classes.words}
          popover="manual"
          ref={(it) => it?.showPopover()}
          style={{ left: shown.left, top: shown.top }}
        >
          {shown.words}
        </span>
      )}
    </div>
  );
}
