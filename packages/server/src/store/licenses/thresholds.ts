import type { ThresholdScope, Thresholds } from '@winesap/core';
import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { judgeLow, type LowScope } from './judge-low.ts';

/** Applies where no threshold is set. */
const FIRST = { unit: 'percent', amount: 10 } as const;

export function createThresholds(trx: Transaction<Tables>): Thresholds {
  return {
    async set(scope, threshold, now) {
      const columns = columnsOf(scope);
      let former = trx.deleteFrom('low_thresholds');
      for (const [column, value] of Object.entries(columns) as [keyof typeof columns, string | null][])
        former = value === null ? former.where(column, 'is', null) : former.where(column, '=', value);
      await former.execute();
      const said = threshold ?? (scope.kind === 'installation' ? FIRST : null);
      if (said !== null)
        await trx
          .insertInto('low_thresholds')
          .values({ ...columns, unit: said.unit, amount: said.unit === 'never' ? null : said.amount })
          .execute();
      await judgeLow(trx, await concerned(trx, scope), now);
    },
  };
}

function columnsOf(scope: ThresholdScope) {
  return {
    organization_id: scope.kind === 'organization' ? scope.organizationId : null,
    policy_id: scope.kind === 'policy' ? scope.policyId : null,
    location_uid: scope.kind === 'asset' ? scope.uId : null,
    adam_id: scope.kind === 'asset' ? scope.adamId : null,
    pricing_param: scope.kind === 'asset' ? scope.pricingParam : null,
  };
}

async function concerned(trx: Transaction<Tables>, scope: ThresholdScope): Promise<LowScope> {
  switch (scope.kind) {
    case 'installation':
      return 'all';
    case 'organization':
      return { organizationId: scope.organizationId };
    case 'policy': {
      const policy = await trx
        .selectFrom('policies')
        .select('organization_id')
        .where('id', '=', scope.policyId)
        .executeTakeFirstOrThrow();
      return { organizationId: policy.organization_id };
    }
    case 'asset':
      return { uId: scope.uId };
  }
}
