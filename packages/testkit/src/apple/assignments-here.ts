import { type Api, routes } from '@winesap/api';

/** Returns every assignment in Winesap's export of a location: `adamId holder`, sorted. */
export async function assignmentsHere(api: Api, uId: string): Promise<string[]> {
  const answer = await api.open(routes.exportAssignments, { params: { uId }, query: {} });
  const [columns = [], ...rows] = (await answer.text())
    .replace('\u{feff}', '')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  // Counted from the end, so that a comma in an earlier name changes nothing.
  const holder = columns.indexOf('holder') - columns.length;
  return rows.map((cells) => `${cells[0]} ${cells.at(holder)}`).sort();
}
