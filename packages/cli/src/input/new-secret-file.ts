import { open, rm } from 'node:fs/promises';
import { refusal } from '../refusal.ts';

/**
 * Creates something whose secret is shown once, and writes the secret into a new file that only its owner can read. The
 * file comes first, because a secret that can't be stored would be lost. Errors: usage.output.
 */
export async function intoSecretFile<T>(path: string, make: () => Promise<{ secret: string; made: T }>): Promise<T> {
  const file = await open(path, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    throw refusal(
      'usage.output',
      `${path} cannot be made: ${cause.code === 'EEXIST' ? 'it exists already' : cause.message}.`,
      'Nothing was made. Name a file that does not exist yet.',
    );
  });
  let kept = false;
  try {
    const { secret, made } = await make();
    await file.writeFile(`${secret}\n`);
    kept = true;
    return made;
  } finally {
    await file.close();
    if (!kept) await rm(path, { force: true });
  }
}
