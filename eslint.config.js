import tseslint from 'typescript-eslint';

/**
 * Imports go one way (see README, "The house"): what each folder may import beside itself and libraries. `messages` is
 * `workflows/messages`, the leaf of definitions, ids and types; a workflow's code is for nobody but the tests.
 */
const mayImport = {
  rules: [],
  codec: ['rules'],
  documents: ['rules'],
  sampling: ['rules'],
  messages: ['rules'],
  stack: [],
  db: ['rules', 'messages'],
  observe: ['rules', 'messages', 'db'],
  ledger: ['rules', 'codec', 'db'],
  activities: ['rules', 'messages', 'db', 'documents', 'observe', 'sampling'],
  relay: ['rules', 'messages', 'db', 'ledger', 'observe'],
  notices: ['rules', 'messages', 'db', 'relay'],
  import: ['rules', 'messages', 'db'],
  webhooks: ['rules', 'messages', 'db'],
  watch: ['rules', 'messages', 'db', 'notices', 'observe', 'relay'],
  api: ['rules', 'messages', 'db', 'import', 'ledger', 'observe', 'relay', 'sampling', 'webhooks'],
  rehearsal: ['rules', 'messages', 'db', 'codec', 'activities', 'notices', 'relay'],
};
const folders = [...Object.keys(mayImport), 'cli', 'bench', 'test'];
const folderOf = (name) => (name === 'messages' ? 'workflows/messages' : name);

/** The restriction that keeps a folder to its row of the table. */
function keptTo(name, allowed) {
  const forbidden = folders
    .filter((folder) => folder !== name && folder !== 'messages' && !allowed.includes(folder))
    .map((folder) => `${folder}/`);
  const workflows =
    allowed.includes('messages') || name === 'messages' ? 'workflows/(?!messages/)' : 'workflows/';
  const kernel = name === 'messages' ? ['kernel/'] : [workflows];
  return {
    files: [`${folderOf(name)}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(\\.\\./)+(${[...forbidden, ...kernel].join('|')})`,
              message: 'Imports go one way: see the README.',
            },
          ],
        },
      ],
    },
  };
}

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
  ...Object.entries(mayImport).map(([name, allowed]) => keptTo(name, allowed)),
  {
    files: ['workflows/**'],
    ignores: ['workflows/messages/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['node:*'] },
            {
              regex: `^(\\.\\./)+(${folders.filter((folder) => !['rules', 'messages', 'activities'].includes(folder)).join('|')})/`,
              message: 'Imports go one way: see the README.',
            },
            { group: ['**/activities/**'], allowTypeImports: true },
          ],
        },
      ],
    },
  },
  // The script of the page at /docs runs in a browser, as it stands.
  { files: ['api/docs/*.js'], ...tseslint.configs.disableTypeChecked },
  { files: ['test/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'error' } },
);
