import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claimState, type MdmInfo, planClaim } from '../src/domain/locations/claim.ts';

const OURS = 'installation-1';
const info = (id: string | null): MdmInfo => ({ id, name: 'Some MDM', metadata: 'm' });
const FREE: [string, MdmInfo | null][] = [
  ['nobody', null],
  ['an empty entry', { id: '', name: '', metadata: '' }],
  ['an entry that says nothing', { id: null, name: null, metadata: null }],
];

describe('planning a claim', () => {
  test.each(FREE)('to manage a location held by %s claims it', (_who, mdmInfo) => {
    expect(planClaim('manage', mdmInfo, OURS, null)).toEqual({ do: 'claim' });
  });

  test('to manage our own location does nothing', () => {
    expect(planClaim('manage', info(OURS), OURS, null)).toEqual({ do: 'nothing' });
  });

  test('to manage a location of another holder requires its exact ID', () => {
    const holder = info('other');

    expect(planClaim('manage', holder, OURS, null)).toEqual({ do: 'refuse', code: 'claim.held', holder });
    expect(planClaim('manage', holder, OURS, 'another')).toEqual({ do: 'refuse', code: 'claim.changed', holder });
    expect(planClaim('manage', holder, OURS, '')).toEqual({ do: 'refuse', code: 'claim.changed', holder });
    expect(planClaim('manage', holder, OURS, 'other')).toEqual({ do: 'claim' });
  });

  test.each(['', null])('treats a claim without an ID (%j) as foreign, and does not take it silently', (id) => {
    const holder = info(id);

    expect(planClaim('manage', holder, OURS, null)).toEqual({ do: 'refuse', code: 'claim.held', holder });
    expect(planClaim('manage', holder, OURS, '')).toEqual({ do: 'claim' });
    expect(claimState(holder, OURS, null)).toBe('taken');
    expect(claimState(holder, OURS, '')).toBe('agreed');
  });

  const someInfo = fc.option(
    fc.record({ id: fc.option(fc.string()), name: fc.option(fc.string()), metadata: fc.option(fc.string()) }),
  );

  test('watching never claims a location, regardless of who holds it', () => {
    fc.assert(
      fc.property(someInfo, fc.option(fc.string()), (mdmInfo, takeOverFrom) => {
        expect(planClaim('watch', mdmInfo, OURS, takeOverFrom)).toEqual({ do: 'nothing' });
      }),
    );
  });

  test('takes another server’s claim only by its own ID', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.option(fc.string()), (id, takeOverFrom) => {
        fc.pre(id !== OURS);
        expect(planClaim('manage', info(id), OURS, takeOverFrom).do === 'claim').toBe(takeOverFrom === id);
      }),
    );
  });
});

describe('the state of a claim', () => {
  test.each(FREE)('%s is free', (_who, mdmInfo) => {
    expect(claimState(mdmInfo, OURS, null)).toBe('free');
  });

  test('is ours, agreed, or taken', () => {
    expect(claimState(info(OURS), OURS, null)).toBe('ours');
    expect(claimState(info('other'), OURS, 'other')).toBe('agreed');
    expect(claimState(info('other'), OURS, 'someone-before')).toBe('taken');
    expect(claimState(info('other'), OURS, null)).toBe('taken');
  });
});
