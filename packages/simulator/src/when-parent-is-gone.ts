const LOOK_EVERY_MS = 200;

/** Runs `end` once the process that started this one has ended: another one has adopted it by then. */
export function whenParentIsGone(parentOf: () => number, end: () => void): void {
  const parent = parentOf();
  const timer = setInterval(() => {
    if (parentOf() === parent) return;
    clearInterval(timer);
    end();
  }, LOOK_EVERY_MS);
  timer.unref();
}
