/** Where log lines go; `process.stderr` is one. */
export interface LineStream {
  write(line: string, written?: (error?: Error | null) => void): unknown;
  on?(event: 'error', listener: (error: Error) => void): unknown;
}

const watched = new WeakSet<LineStream>();

/**
 * Writes lines as long as the program runs: a full disk or a closed pipe loses lines but never ends the program. Once
 * lines get through again, `lostLine` says how many are missing.
 */
export function createLastingLines(stream: LineStream, lostLine: (lines: number) => string): (line: string) => void {
  // Without a listener, an error would end the process. The callback below counts it.
  if (!watched.has(stream)) stream.on?.('error', () => undefined);
  watched.add(stream);
  let lost = 0;

  const write = (line: string, lines: number) => {
    try {
      stream.write(line, (error) => {
        if (error) lost += lines;
        else logLost();
      });
    } catch {
      lost += lines;
    }
  };
  const logLost = () => {
    if (lost === 0) return;
    const lines = lost;
    lost = 0;
    write(lostLine(lines), lines);
  };
  return (line) => write(line, 1);
}
