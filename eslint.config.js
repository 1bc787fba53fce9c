import tseslint from 'typescript-eslint';

/** Imports go one way (see README, "The house"): each folder names the folders it may not import. */
const mayNotImport = (folders) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        { group: folders.map((folder) => `**/${folder}/**`), message: 'Imports go one way: see the README.' },
      ],
    },
  ],
});

export default tseslint.config(
  { ignores: ['dist', 'data', 'node_modules', 'eslint.config.js'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      'no-console': 'error',
    },
  },
  { files: ['cli/**', 'stack/**'], rules: { 'no-console': 'off' } },
  {
    files: ['rules/**'],
    rules: mayNotImport(['workflows', 'activities', 'db', 'relay', 'notices', 'api', 'stack', 'cli', 'test']),
  },
  {
    files: ['workflows/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [
                '**/db/**',
                '**/relay/**',
                '**/notices/**',
                '**/api/**',
                '**/stack/**',
                '**/cli/**',
                '**/test/**',
                'node:*',
              ],
            },
            { group: ['**/activities/**'], allowTypeImports: true },
          ],
        },
      ],
    },
  },
  {
    files: ['workflows/messages/**'],
    rules: mayNotImport([
      'activities',
      'db',
      'relay',
      'notices',
      'api',
      'stack',
      'cli',
      'test',
      'kernel',
      'procedures',
    ]),
  },
  {
    files: ['db/**'],
    rules: mayNotImport([
      'activities',
      'relay',
      'notices',
      'api',
      'stack',
      'cli',
      'test',
      'kernel',
      'procedures',
    ]),
  },
  {
    files: ['activities/**'],
    rules: mayNotImport(['relay', 'notices', 'api', 'stack', 'cli', 'test', 'kernel', 'procedures']),
  },
  {
    files: ['relay/**'],
    rules: mayNotImport(['activities', 'notices', 'api', 'stack', 'cli', 'test', 'kernel', 'procedures']),
  },
  {
    files: ['notices/**'],
    rules: mayNotImport(['activities', 'api', 'stack', 'cli', 'test', 'kernel', 'procedures']),
  },
  {
    files: ['api/**'],
    rules: mayNotImport(['activities', 'notices', 'stack', 'cli', 'test', 'kernel', 'procedures']),
  },
  {
    files: ['stack/**'],
    rules: mayNotImport(['workflows', 'activities', 'db', 'relay', 'notices', 'api', 'cli', 'test', 'rules']),
  },
  // The script of the page at /docs runs in a browser, as it stands.
  { files: ['api/docs/*.js'], ...tseslint.configs.disableTypeChecked },
  { files: ['test/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'error' } },
);
