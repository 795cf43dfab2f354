/** Who may import whom among the packages. A package not listed here fails the check. */
export interface PackageRule {
  name: string;
  folder: string;
  /** Packages of ours that its sources may import. */
  imports: readonly string[];
  /** Only by `import()`, when a command needs them: loading them costs what most commands do without. */
  importsOnDemand?: readonly string[];
  /** Beyond that, what its tests may import. `anything` where nothing would be hidden by it. */
  testsImport: readonly string[] | 'anything';
}

export const PACKAGES: readonly PackageRule[] = [
  { name: '@winesap/contract', folder: 'contract', imports: [], testsImport: [] },
  {
    name: '@winesap/apple-client',
    folder: 'apple-client',
    imports: ['@winesap/contract'],
    testsImport: ['@winesap/contract', 'winesap-simulator'],
  },
  {
    name: 'winesap-simulator',
    folder: 'simulator',
    imports: ['@winesap/contract'],
    // Never the client: a misreading of Apple must not be able to hide in both.
    testsImport: ['@winesap/contract'],
  },
  { name: '@winesap/core', folder: 'core', imports: [], testsImport: ['@winesap/testkit'] },
  { name: '@winesap/api', folder: 'api', imports: [], testsImport: ['@winesap/testkit'] },
  {
    name: '@winesap/server',
    folder: 'server',
    imports: ['@winesap/core', '@winesap/api', '@winesap/apple-client'],
    testsImport: 'anything',
  },
  { name: '@winesap/web', folder: 'web', imports: ['@winesap/api'], testsImport: 'anything' },
  {
    name: 'winesap',
    folder: 'cli',
    imports: ['@winesap/api'],
    importsOnDemand: ['@winesap/server', 'winesap-simulator', '@winesap/apple-client'],
    testsImport: 'anything',
  },
  {
    name: '@winesap/testkit',
    folder: 'testkit',
    imports: [
      '@winesap/api',
      '@winesap/apple-client',
      '@winesap/contract',
      '@winesap/core',
      '@winesap/server',
      'winesap',
      'winesap-simulator',
    ],
    testsImport: 'anything',
  },
];

/** Tests and benchmarks import it; nothing that is shipped does. */
export const TESTS_ONLY = '@winesap/testkit';
