import { ApiProblem } from '@winesap/api';
import { refusal } from './refusal.ts';

/**
 * Explains what prevented the server (or the simulator) from starting. Its own refusals keep their code and text;
 * system failures get one. Errors: usage.settings, start.port-taken, start.file-system, the server’s own codes;
 * anything else is unchanged.
 */
export function startProblem(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ApiProblem) return error;
  const { code, syscall, path, address, port, problems } = error as Error & Facts;
  if (error.name === 'ConfigError' && Array.isArray(problems))
    return refusal('usage.settings', 'The settings cannot be used.', problems.join('\n'), { problems });
  if (syscall === 'listen')
    return refusal(
      'start.port-taken',
      code === 'EADDRINUSE'
        ? `Port ${port} of ${address} is taken.`
        : `Nothing can listen on port ${port} of ${address} (${code}).`,
      'Stop what listens there, or choose another port: WINESAP_PORT, and WINESAP_DEMO_APPLE_PORT for the demo’s Apple; 0 is any free one.',
    );
  if (syscall !== undefined)
    return refusal(
      'start.file-system',
      `${path ?? 'A file'} cannot be used: ${FILE_SYSTEM[code ?? ''] ?? error.message}.`,
      'WINESAP_DATA_DIR names the folder for the data.',
    );
  if (typeof code === 'string' && /^[a-z-]+\.[a-z-]+$/.test(code)) return refusal(code, error.message, '');
  return error;
}

interface Facts {
  code?: string;
  syscall?: string;
  path?: string;
  address?: string;
  port?: number;
  problems?: readonly string[];
}

const FILE_SYSTEM: Record<string, string> = {
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is no folder',
};
