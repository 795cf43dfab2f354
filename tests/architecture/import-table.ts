/** Who may import whom among the packages. A package not listed here fails the check. */
export interface PackageRule {
  name: string;
  folder: string;
  /** Packages of ours that its sources may import. */
  imports: readonly string[];
  /** Only through `import()`, when a command needs them: most commands don't need what they cost to load. */
  importsOnDemand?: readonly string[];
  /** What its tests may import in addition. `anything` where that can't hide a mistake. */
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

/** Tests and benchmarks import it; shipped code does not. */
export const TESTS_ONLY = '@winesap/testkit';
