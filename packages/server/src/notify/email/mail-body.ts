import type { Message } from '@winesap/core';
import { escaped } from './escaped.ts';
import { reportHtml } from './report-html.ts';

/** For readers of plain text. */
export function mailText({ title, text, link }: Message): string {
  return `${title}\n\n${text}\n${link === null ? '' : `\n${link}\n`}\n-- \nWinesap\n`;
}

/** The same words in HTML, without pictures or anything else to load. */
export function mailHtml({ title, text, link, report }: Message): string {
  const lines = text.split('\n').map((line) => `<p style="margin:0 0 8px">${escaped(line)}</p>`);
  const content = report === undefined ? lines.join('') : reportHtml(report);
  const button = link === null ? '' : `<p><a href="${escaped(link)}">Open in Winesap</a></p>`;
  return `<!doctype html><html><body style="font-family:sans-serif;line-height:1.5"><h1 style="font-size:18px">${escaped(title)}</h1>${content}${button}<p style="color:#666">Winesap</p></body></html>`;
}
