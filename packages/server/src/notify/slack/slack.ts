import type { Message } from '@winesap/core';
import { z } from 'zod';
import { factsOfUrl, HttpUrl } from '../by-url.ts';
import { defineKind } from '../channel-kind.ts';
import { outcomeOf } from '../http-outcome.ts';
import { postJson } from '../post-json.ts';

/** Slack refuses longer texts in these fields. */
const MAX_HEADER = 150;
const MAX_SECTION = 3000;

/** Sends a message to an incoming webhook of Slack: see the README in this folder. */
export const slack = defineKind({
  // The address is the credential: anyone who knows it can post.
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
    // Shown in Slack's notifications, and by clients without blocks.
    text: escaped(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(title, MAX_HEADER) } },
      section(escaped(text)),
      ...(link === null ? [] : [section(`<${link}|Open in Winesap>`)]),
    ],
  };
}

/** Escapes the three characters that Slack interprets: otherwise a location's name could mention everyone. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
