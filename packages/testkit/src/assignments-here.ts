import { type Api, routes } from '@winesap/api';

/** Every assignment as Winesap tells it to whoever exports a location: `adamId holder`, sorted. */
export async function assignmentsHere(api: Api, uId: string): Promise<string[]> {
  const answer = await api.open(routes.exportAssignments, { params: { uId }, query: {} });
  const lines = (await answer.text()).trim().split(/\r?\n/).slice(1);
  return lines.map((line) => `${line.slice(0, line.indexOf(','))} ${line.slice(line.lastIndexOf(',') + 1)}`).sort();
}
