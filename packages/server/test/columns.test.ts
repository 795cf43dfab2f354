import { expect, test } from 'vitest';
import { columns } from '../src/http/edge/columns.ts';

interface Row {
  name: string;
  ownerName: string;
  id: string;
}

test('a field without its own column is covered elsewhere, or has a reason', () => {
  const list = columns<Row>()(
    [
      ['name', (one) => one.name],
      ['owner', (one) => one.ownerName],
    ],
    { ownerName: 'owner', id: 'not: an id' },
  );

  expect(list.map(([name, of]) => [name, of({ name: 'Barn', ownerName: 'Ada', id: '1' })])).toEqual([
    ['name', 'Barn'],
    ['owner', 'Ada'],
  ]);
});

test('an undeclared field and an unknown column do not compile', () => {
  const name = ['name', (one: Row) => one.name] as const;

  // @ts-expect-error `id` and `ownerName` have neither a column nor a reason
  columns<Row>()([name], {});
  // @ts-expect-error there is no column `owner`
  columns<Row>()([name], { ownerName: 'owner', id: 'not: an id' });

  expect(columns<Row>()([name], { ownerName: 'name', id: 'not: an id' })).toHaveLength(1);
});
