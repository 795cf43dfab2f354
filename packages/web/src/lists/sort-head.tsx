import classes from './long-table.module.css';

interface SortColumn {
  id: string;
  label: string;
  numeric?: boolean;
  sortable?: boolean;
}
interface Sort {
  column: string;
  descending: boolean;
}
type OnSort = (sort: Sort) => void;

interface HeadProps {
  column: SortColumn;
  sort: Sort | undefined;
  onSort: OnSort | undefined;
}

/** The head of a column. Pressed, it sorts: counts from the biggest, names from the first letter; again, the other way. */
export function SortHead({ column, sort, onSort }: HeadProps) {
  const { id, label, numeric = false } = column;
  const isSorted = sort?.column === id;
  if (column.sortable !== true || sort === undefined || onSort === undefined)
    return (
      <th scope="col" className={numeric ? 'num' : undefined}>
        {label}
      </th>
    );
  return (
    <th
      scope="col"
      className={numeric ? 'num' : undefined}
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" onClick={() => onSort({ column: id, descending: isSorted ? !sort.descending : numeric })}>
        {!numeric && label}
        <span className={classes.arrow} data-before={numeric || undefined} aria-hidden>
          {isSorted ? (sort.descending ? '↓' : '↑') : ''}
        </span>
        {numeric && label}
      </button>
    </th>
  );
}

/** Cards have no heads to press: their order is chosen here. */
export function SortSelect({ columns, sort, onSort }: { columns: readonly SortColumn[]; sort: Sort; onSort: OnSort }) {
  const text = ({ column, descending }: Sort) => `${descending ? '-' : ''}${column}`;
  return (
    <label className={classes.sort}>
      sorted by
      <select
        className="control"
        value={text(sort)}
        onChange={({ currentTarget: { value } }) =>
          onSort({ column: value.replace(/^-/, ''), descending: value.startsWith('-') })
        }
      >
        {columns
          .filter(({ sortable }) => sortable)
          .flatMap(({ id, label, numeric = false }) =>
            [numeric, !numeric].map((descending) => (
              <option key={`${id} ${descending}`} value={text({ column: id, descending })}>
                {label} {descending ? '↓' : '↑'}
              </option>
            )),
          )}
      </select>
    </label>
  );
}
