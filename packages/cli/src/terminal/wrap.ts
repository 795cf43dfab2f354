import stringWidth from 'string-width';

/** Cuts text to this many terminal columns; an ellipsis shows that something is missing. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  if (width < 1) return '';
  let kept = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const next = stringWidth(segment);
    if (used + next > width - 1) break;
    kept += segment;
    used += next;
  }
  return `${kept.trimEnd()}…`;
}

/** Breaks text between words into lines of at most this many columns. A word longer than a line is broken, too. */
export function wrap(text: string, width: number): string[] {
  if (stringWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (stringWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    while (stringWidth(word) > width) {
      const head = takeColumns(word, width);
      lines.push(head);
      word = word.slice(head.length);
    }
    line = word;
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Pads with spaces to this many columns. */
export function pad(text: string, width: number, side: 'left' | 'right' = 'right'): string {
  const missing = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return side === 'right' ? text + missing : missing + text;
}

/** Returns at least one character, so that breaking a word ends even in a very narrow column. */
function takeColumns(word: string, width: number): string {
  let head = '';
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    if (head !== '' && stringWidth(head + segment) > width) break;
    head += segment;
  }
  return head;
}
