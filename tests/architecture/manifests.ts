interface Manifest {
  private?: boolean;
  license?: string;
  description?: string;
  version?: string;
  type?: string;
}

/** Returns what prevents a package from being published as it is. Nothing for a private package. */
export function manifestProblems(manifest: Manifest & { name: string }): string[] {
  if (manifest.private === true) return [];
  const problems: string[] = [];
  if (manifest.license !== 'Apache-2.0') problems.push(`license is ${manifest.license}, not Apache-2.0`);
  if (!manifest.description) problems.push('description is missing');
  if (!/^\d+\.\d+\.\d+$/.test(manifest.version ?? '')) problems.push(`version ${manifest.version} is no version`);
  if (manifest.type !== 'module') problems.push('type is not module');
  return problems;
}

interface LockedPackage {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  inBundle?: boolean;
  optional?: boolean;
  os?: string[];
  optionalDependencies?: Record<string, string>;
}

interface Lockfile {
  packages: Record<string, LockedPackage>;
}

/** Returns where a lockfile names a host, which would bind every clone to it, or locks a package without a hash. */
export function lockfileProblems({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, one]) => {
    if (!path.includes('node_modules/') || one.link || one.inBundle) return [];
    if (one.resolved !== undefined) return [`${path} comes from ${one.resolved}`];
    // NOTE: a registry need not carry the binaries of every system. Missing ones are locked by version only.
    const isForeignBinary = one.optional === true && one.os !== undefined;
    return one.integrity === undefined && !isForeignBinary ? [`${path} has no hash`] : [];
  });
}

/**
 * Returns binaries of other systems that the lockfile does not list. `npm install` leaves them out if the registry
 * lacks them, and `npm ci` then refuses the whole lockfile, on every system.
 */
export function missingBinaries({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(packages, path, name)),
  );
}

function isLocked(packages: Lockfile['packages'], from: string, name: string): boolean {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`] !== undefined) return true;
    if (at === '') return false;
  }
}
