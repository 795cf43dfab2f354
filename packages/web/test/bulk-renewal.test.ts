import type { Inspection, Problem, RenewalPreview } from '@winesap/api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvText } from '../src/lists/csv.ts';
import { judge } from '../src/tokens/bulk/bulk-file.ts';
import { type BulkCalls, createBulkRenewal } from '../src/tokens/bulk/bulk-renewal.ts';
import { summaryWords } from '../src/tokens/bulk/bulk-words.ts';

const problem = (code: string): Problem => ({ type: 'about:blank', title: code, detail: '', status: 409, code });
const thrown = new Map<unknown, Problem>();
const refuse = (code: string): never => {
  const error = new Error(code);
  thrown.set(error, problem(code));
  throw error;
};

/** A server at which a file's own text says what becomes of it. */
function serverOf(log: string[]): BulkCalls & { mostAtOnce: () => number } {
  let now = 0;
  let most = 0;
  const turn = async <T>(answer: () => T): Promise<T> => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setTimeout(resolve, 0));
    now -= 1;
    return answer();
  };
  return {
    mostAtOnce: () => most,
    problemOf: (error) => thrown.get(error) ?? problem('console.bug'),
    inspect: async (_name, content) => {
      const text = await content.text();
      return turn(() => {
        if (text === 'damaged') refuse('token-file.not-base64');
        const heldBy = text === 'stranger' ? null : { tokenId: text };
        return { identity: { locationName: text, uId: text }, heldBy } as Inspection;
      });
    },
    preview: async (tokenId) =>
      turn(() => {
        const verdict = tokenId.startsWith('older') ? 'needs-consent' : 'ready';
        const refusal = verdict === 'ready' ? null : problem('renewal.older-file');
        return { tokenId, verdict, refusal, stored: { uId: tokenId }, rows: [] } as unknown as RenewalPreview;
      }),
    renew: async ({ tokenId }) =>
      turn(() => {
        if (tokenId.startsWith('stale')) refuse('preview.stale');
        log.push(tokenId);
      }),
  };
}

async function settled(bulk: ReturnType<typeof createBulkRenewal>): Promise<void> {
  while (bulk.state().busy !== null)
    await new Promise<void>((resolve) => {
      const stop = bulk.onChange(() => {
        stop();
        resolve();
      });
    });
}

const KINDS = ['good', 'older', 'stale', 'damaged', 'stranger'] as const;

describe('renewing from many files', () => {
  test('every good file renews once, whatever lies between; a failure of one stops none of the others', async () => {
    const kinds = fc.array(fc.record({ kind: fc.constantFrom(...KINDS), number: fc.nat(6) }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(kinds, async (wishes) => {
        const log: string[] = [];
        const server = serverOf(log);
        const bulk = createBulkRenewal(server);
        const texts = wishes.map(({ kind, number }) =>
          kind === 'good' || kind === 'stale' ? `${kind} ${number}` : kind,
        );
        bulk.take(texts.map((text, i) => new File([text], `${i}.vpptoken`)));
        await settled(bulk);
        await bulk.renewAll();

        const wanted = [...new Set(texts.filter((text) => text.startsWith('good')))];
        expect([...log].sort()).toEqual([...wanted].sort());
        expect(server.mostAtOnce()).toBeLessThanOrEqual(4);
        const verdicts = judge(bulk.state().files).map(({ verdict }) => verdict);
        expect(verdicts.filter((verdict) => verdict === 'renewed')).toHaveLength(wanted.length);
        expect(verdicts).not.toContain('looking');
      }),
      { numRuns: 40 },
    );
  });

  test('what would meet every file stops the work, and it goes on when asked', async () => {
    const log: string[] = [];
    const server = serverOf(log);
    let away = true;
    const bulk = createBulkRenewal({
      ...server,
      inspect: async (name, content) => (away ? refuse('api.unreachable') : server.inspect(name, content)),
    });
    bulk.take([1, 2, 3, 4, 5, 6].map((n) => new File([`good ${n}`], `${n}`)));
    await settled(bulk);
    expect(bulk.state().halted?.code).toBe('api.unreachable');

    away = false;
    bulk.goOn();
    await settled(bulk);

    expect(summaryWords(judge(bulk.state().files))).toBe('6 files: 6 ready to renew.');
  });

  test('an older file is used only with consent', async () => {
    const log: string[] = [];
    const bulk = createBulkRenewal(serverOf(log));
    bulk.take([new File(['older'], 'old.vpptoken')]);
    await settled(bulk);
    await bulk.renewAll();
    expect(log).toEqual([]);

    bulk.acceptOlder(bulk.state().files[0]?.key ?? 0, true);
    await bulk.renewAll();

    expect(log).toEqual(['older']);
  });
});

test('a table for a spreadsheet runs no formula and keeps every letter', () => {
  expect(
    csvText(
      ['file', 'note'],
      [
        ['=cmd()', 'a "b", c'],
        [null, 'line\nline'],
      ],
    ),
  ).toBe('\uFEFFfile,note\r\n\'=cmd(),"a ""b"", c"\r\n,"line\nline"\r\n');
});
