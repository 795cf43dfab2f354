import { AppleRefusal } from '../errors/apple-refusal.ts';

const PAGE_INDEX_OUT_OF_RANGE = 9650;

/** Null when the page is no longer there: the data shrank while it was read. Every other failure stays one. */
export async function unlessGone<Page>(page: Promise<Page>): Promise<Page | null> {
  try {
    return await page;
  } catch (error) {
    if (error instanceof AppleRefusal && error.errorNumber === PAGE_INDEX_OUT_OF_RANGE) return null;
    throw error;
  }
}
