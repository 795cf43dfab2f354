import type { Message } from '@winesap/core';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** For readers of plain text. */
export function mailText(message: Message): string {
  return `${message.title}\n\n${message.text}\n\n-- \nWinesap\n`;
}

/** The same words for readers of HTML; no pictures, no links to load. */
export function mailHtml(message: Message): string {
  const lines = message.text.split('\n').map((line) => `<p style="margin:0 0 8px">${escaped(line)}</p>`);
  return `<!doctype html><html><body style="font-family:sans-serif;line-height:1.5"><h1 style="font-size:18px">${escaped(message.title)}</h1>${lines.join('')}<p style="color:#666">Winesap</p></body></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);
}
