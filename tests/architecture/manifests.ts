interface Manifest {
  private?: boolean;
  license?: string;
  description?: string;
  version?: string;
  type?: string;
}

/** What keeps a package from being published as it is. Nothing, for one that is marked private. */
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
}

/** Where a lockfile names a host, which would bind every clone to it, or takes a package on trust. */
export function lockfileProblems(lockfile: { packages: Record<string, LockedPackage> }): string[] {
  return Object.entries(lockfile.packages).flatMap(([path, { resolved, integrity, link, inBundle }]) => {
    if (!path.includes('node_modules/') || link || inBundle) return [];
    if (resolved !== undefined) return [`${path} comes from ${resolved}`];
    return integrity === undefined ? [`${path} has no hash`] : [];
  });
}
