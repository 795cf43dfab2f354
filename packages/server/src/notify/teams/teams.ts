import type { Message } from '@winesap/core';
import { z } from 'zod';
import { factsOfUrl, HttpUrl } from '../by-url.ts';
import { defineKind } from '../channel-kind.ts';
import { outcomeOf } from '../http-outcome.ts';
import { postJson } from '../post-json.ts';

/** Teams refuses messages above 28 KB; only the text can be long. */
const MAX_TEXT = 6000;

/** Sends a message to Microsoft Teams as an adaptive card: see the README in this folder. */
export const teams = defineKind({
  // The address is the credential: anyone who knows it can post.
  settings: z.object({ url: HttpUrl }),
  facts: factsOfUrl,
  async send({ url }, message, { allowPrivate, timeoutMs }) {
    const body = JSON.stringify({
      type: 'message',
      attachments: [
        { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: cardOf(message) },
      ],
    });
    return outcomeOf(await postJson({ url, headers: {}, body, allowPrivate, timeoutMs }));
  },
});

function cardOf({ title, text, link }: Message): object {
  const block = (words: string, look: object = {}) => ({ type: 'TextBlock', text: words, wrap: true, ...look });
  const lines = text
    .slice(0, MAX_TEXT)
    .split('\n')
    .filter((line) => line !== '');
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      block(plain(title), { weight: 'Bolder', size: 'Medium' }),
      // One block each, because a single line break within a block is lost.
      ...lines.map((line) => block(plain(line), { spacing: 'Small' })),
    ],
    actions: link === null ? [] : [{ type: 'Action.OpenUrl', title: 'Open in Winesap', url: link }],
  };
}

/** Cards interpret some Markdown, which names of locations must not trigger. */
function plain(text: string): string {
  return text.replace(/[\\*_[\]()`~#]/g, '\\$&');
}
