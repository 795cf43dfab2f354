import type { Message } from '@winesap/core';
import { z } from 'zod';
import { factsOfUrl, HttpUrl } from '../by-url.ts';
import { defineKind } from '../channel-kind.ts';
import { outcomeOf } from '../http-outcome.ts';
import { postJson } from '../post-json.ts';

/** Slack refuses longer texts in these places. */
const MAX_HEADER = 150;
const MAX_SECTION = 3000;

/** Sends a message to an incoming webhook of Slack: see the README beside this. */
export const slack = defineKind({
  // The address is the credential: whoever knows it can write there.
  settings: z.object({ url: HttpUrl }),
  facts: factsOfUrl,
  async send({ url }, message, { allowPrivate, timeoutMs }) {
    const body = JSON.stringify(slackMessage(message));
    return outcomeOf(await postJson({ url, headers: {}, body, allowPrivate, timeoutMs }));
  },
});

function slackMessage({ title, text, link }: Message): object {
  const section = (words: string) => ({ type: 'section', text: { type: 'mrkdwn', text: cut(words, MAX_SECTION) } });
  return {
    // What notifications show, and programs without blocks.
    text: escaped(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(title, MAX_HEADER) } },
      section(escaped(text)),
      ...(link === null ? [] : [section(`<${link}|Open in Winesap>`)]),
    ],
  };
}

/** The three letters Slack reads as its own: without this a location's name could mention everybody. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
