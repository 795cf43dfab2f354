import type { CodeOf } from '@winesap/core';
import { apple, refusal, type Words, wait } from './error-facts.ts';

/** Refusals that can occur in any subject. */
export const EVERYWHERE_REFUSALS: Record<CodeOf<'everywhere'>, Words> = {
  'apple.busy': {
    status: 503,
    title: 'Apple asks to slow down.',
    detail: (data) =>
      `Too many requests for this organization. Wait ${wait(data)} and try again.${apple(data)} Nothing was stored.`,
  },
  'apple.away': {
    status: 503,
    title: 'Apple’s service is away.',
    detail: (data) => `This passes by itself. Wait ${wait(data)} and try again.${apple(data)} Nothing was stored.`,
  },
  'apple.no-answer': {
    status: 504,
    title: 'Apple does not answer.',
    detail: (data) =>
      `Check that this machine reaches Apple’s service on port 443, then try again.${apple(data)} Nothing was stored.`,
  },
  'apple.unreadable': {
    status: 502,
    title: 'Something answered in Apple’s place, or Apple’s answer was cut off.',
    detail: (data) => `A proxy on the way may be the cause. Try again.${apple(data)} Nothing was stored.`,
  },
  'apple.refused': {
    status: 502,
    title: (data) => refusal(data).title,
    detail: (data) => `${refusal(data).nextStep.text}${apple(data)} Nothing was stored.`,
  },
  'apple.unclear': {
    status: 502,
    title: 'Apple’s answers about this token contradict each other.',
    detail: (data) =>
      `It refused once, and Winesap couldn’t confirm that. Try again in a minute.${apple(data)} Nothing was stored.`,
  },
  'apple.other-location': {
    status: 502,
    title: 'Apple answered about another location.',
    detail: (data) =>
      `Winesap used nothing of that answer. Try again in a minute. If this happens again, download the token again and check which location it belongs to.${apple(data)} Nothing was stored.`,
  },
  'cursor.invalid': { status: 400, title: 'This is not a place in the list.', detail: 'Start from the first page.' },
  'database.away': {
    status: 503,
    title: 'Winesap’s database cannot be used right now.',
    detail:
      'Most likely its disk is full, or the database server is away; the log says which. Nothing that was acknowledged is lost. Once it is back, try again.',
  },
};
