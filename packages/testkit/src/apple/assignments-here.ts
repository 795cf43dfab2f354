import { type Api, routes } from '@winesap/api';

/** Every assignment as Winesap tells it to whoever exports a location: `adamId holder`, sorted. */
export async function assignmentsHere(api: Api, uId: string): Promise<string[]> {
  const answer = await api.open(routes.exportAssignments, { params: { uId }, query: {} });
  const [columns = [], ...rows] = (await answer.text())
    .replace('\u{feff}', '')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  // Counted from the end: a comma in a name, which stands before, changes nothing.
  const holder = columns.indexOf('holder') - columns.length;
  return rows.map((cells) => `${cells[0]} ${cells.at(holder)}`).sort();
}
