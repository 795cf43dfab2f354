import { AppleRefusal } from '../errors/apple-refusal.ts';

const PAGE_INDEX_OUT_OF_RANGE = 9650;

/** Returns null if the page no longer exists because the data shrank during the read. Any other failure is rethrown. */
export async function unlessGone<Page>(page: Promise<Page>): Promise<Page | null> {
  try {
    return await page;
  } catch (error) {
    if (error instanceof AppleRefusal && error.errorNumber === PAGE_INDEX_OUT_OF_RANGE) return null;
    throw error;
  }
}
