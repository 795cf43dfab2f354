interface Row {
  adamId: string;
  serialNumber?: string;
  clientUserId?: string;
}

/**
 * Returns every assignment as Apple lists it, read without any of our code: `adamId holder`, sorted. The location must
 * be idle.
 */
export async function assignmentsAtApple(appleUrl: string, file: string): Promise<string[]> {
  const rows: string[] = [];
  for (let pageIndex: number | undefined = 0; pageIndex !== undefined; ) {
    const answer = await fetch(`${appleUrl}/mdm/v2/assignments?pageIndex=${pageIndex}`, {
      headers: { authorization: `Bearer ${file.trim()}` },
    });
    const page = (await answer.json()) as { assignments: Row[]; nextPageIndex?: number };
    rows.push(...page.assignments.map((row) => `${row.adamId} ${row.serialNumber ?? row.clientUserId}`));
    pageIndex = page.nextPageIndex;
  }
  return rows.sort();
}
