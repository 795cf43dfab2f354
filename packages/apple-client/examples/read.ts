// Reads a location, and then what changed: node read.ts sToken_for_Office.vpptoken
import { readFile } from 'node:fs/promises';
import { type Assignment, assignmentKey, createAppleClient } from '@winesap/apple-client';

const [file = '', baseUrl] = process.argv.slice(2);
const apple = createAppleClient({ contentToken: await readFile(file, 'utf8'), baseUrl });

const { rows: assets } = await apple.assets();
for (const { adamId, assignedCount, totalCount, unlimited } of assets) {
  console.log(`${adamId}: ${assignedCount} of ${unlimited ? 'unlimited' : totalCount}`);
}

const held = new Map<string, Assignment>();
let sinceVersionId = '';
for await (const page of apple.assignmentPages()) {
  for (const row of page.rows) held.set(assignmentKey(row), row);
  sinceVersionId = page.resumeVersionId; // on the last page: where to resume next time
}
console.log(`${held.size} assignments`);

const { rows: changed } = await apple.assignments({ sinceVersionId });
console.log(`${changed.length} new since`);
