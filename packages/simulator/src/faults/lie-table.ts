import { type FaultKind, jsonForm, pageForm } from './fault-kind.ts';

/**
 * Answers that look right and are not. `page` names the pages struck: `first`, `middle`, `later`, `last`, or an index.
 * `rows` is how many rows are struck, spread over the page; 0 is every one.
 */
export const lieTable = {
  'wrong-next-page': {
    means: 'a page names no next page, or the wrong one',
    stage: 'lie',
    options: { how: 'missing', page: null },
    choices: { how: ['missing', 'skips', 'repeats', 'back', 'first', 'beyond'] },
    forms: { page: pageForm },
  },
  'wrong-page-index': {
    means: 'a page has another index than the one asked for, or none',
    stage: 'lie',
    options: { how: 'missing', page: null },
    choices: { how: ['missing', 'zero', 'next', 'negative'] },
    forms: { page: pageForm },
  },
  'wrong-total-pages': {
    means: 'a page counts the pages wrongly, or not at all',
    stage: 'lie',
    options: { how: 'missing', page: null },
    choices: { how: ['missing', 'lower', 'higher', 'zero', 'huge'] },
    forms: { page: pageForm },
  },
  'wrong-size': {
    means: 'a page counts its rows wrongly, or not at all',
    stage: 'lie',
    options: { how: 'missing', page: null },
    choices: { how: ['missing', 'lower', 'higher', 'zero'] },
    forms: { page: pageForm },
  },
  'wrong-version': {
    means: 'versionId is missing or empty, stays what it was, or is another one each time',
    stage: 'lie',
    options: { how: 'missing', page: null },
    choices: { how: ['missing', 'empty', 'stuck', 'changing'] },
    forms: { page: pageForm },
  },
  'repeated-page': {
    means: 'a page is the one before it once more, under the index asked for or under its own',
    stage: 'other-answer',
    options: { index: 'asked', page: 'later' },
    choices: { index: ['asked', 'own'] },
    forms: { page: pageForm },
  },
  'changing-page-size': {
    means: 'a page is cut as if all pages were larger or smaller; `last` and `middle` are not known here',
    stage: 'listing',
    options: { factor: 0.5, page: 'later' },
    forms: { page: pageForm },
  },
  'short-list': {
    means: 'a listing leaves out a share of its rows (or `rows` of them), its page numbers agreeing with that',
    stage: 'listing',
    options: { share: 0.5, rows: 0, where: 'end' },
    choices: { where: ['start', 'middle', 'end'] },
  },
  'swallowed-rows': {
    means: 'a page leaves out rows; `size` fits what is left or stays what it was',
    stage: 'lie',
    options: { rows: 1, where: 'middle', size: 'fits', page: null },
    choices: { where: ['start', 'middle', 'end'], size: ['fits', 'stays'] },
    forms: { page: pageForm },
  },
  'repeated-rows': {
    means: 'a page has rows of its own, or of the page before it, a second time, equal or not',
    stage: 'lie',
    options: { rows: 1, from: 'page', differ: false, size: 'fits', page: null },
    choices: { from: ['page', 'page-before'], size: ['fits', 'stays'] },
    forms: { page: pageForm },
  },
  'wrong-holder': {
    means: 'assignments name no holder, or a device and a user at once',
    stage: 'lie',
    options: { how: 'missing', rows: 1, page: null },
    choices: { how: ['missing', 'null', 'empty', 'both'] },
    forms: { page: pageForm },
  },
  'unlisted-asset': {
    means: 'assignments name an asset that is not listed, in rows of their own or instead of the true one',
    stage: 'lie',
    options: { how: 'added', rows: 1, page: null },
    choices: { how: ['added', 'instead'] },
    forms: { page: pageForm },
  },
  'wrong-counts': {
    means: 'counts of assets are missing, no numbers, impossible, or contradict each other',
    stage: 'lie',
    options: { count: 'assignedCount', how: 'missing', rows: 0, page: null },
    choices: {
      count: ['assignedCount', 'availableCount', 'totalCount', 'retiredCount', 'all'],
      how: [
        'missing',
        'null',
        'zero',
        'lower',
        'higher',
        'negative',
        'fraction',
        'text',
        'above-32-bits',
        'above-53-bits',
      ],
    },
    forms: { page: pageForm },
  },
  'lagging-counts': {
    means: 'counts of assets lag behind assignments by the simulator’s clock; with `rows` purchases do as well',
    stage: 'lie',
    options: { lagMs: 300_000, what: 'assigned' },
    choices: { what: ['assigned', 'rows'] },
  },
  'missing-member': {
    means: 'a member of a JSON answer is missing, like `uId`, `mdmInfo.name`, or `assets[].adamId`',
    stage: 'lie',
    options: { member: 'uId', rows: 0, page: null },
    forms: { page: pageForm },
  },
  'wrong-member': {
    means: 'a member of a JSON answer has another value, given as JSON',
    stage: 'lie',
    options: { member: 'uId', value: 'null', rows: 0, page: null },
    forms: { page: pageForm, value: jsonForm },
  },
  'odd-texts': {
    means: 'texts for people (or those of one member) hold what does not belong there, or nothing',
    stage: 'lie',
    options: { kind: 'nul', member: null, rows: 0, page: null },
    choices: { kind: ['nul', 'control', 'line-break', 'direction', 'lone-surrogate', 'long', 'empty'] },
    forms: { page: pageForm },
  },
  'uid-changes': {
    means: 'answers name the uId of another location (`to`), over the true rows or that location’s own',
    stage: 'other-answer',
    options: { to: null, rows: 'own', page: null },
    choices: { rows: ['own', 'other'] },
    forms: { page: pageForm },
  },
} as const satisfies Record<string, FaultKind>;
