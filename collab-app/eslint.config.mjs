import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** What a browser may lack or deny, so that even its mention may throw. One module of each package touches it. */
const deniable = [
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'cookieStore',
  'caches',
  'navigator',
  'crypto',
  'matchMedia',
  'Notification',
  'BroadcastChannel',
  'SharedWorker',
  'window',
  'self',
];
const deniableProperties = deniable.map((property) => ({ object: 'globalThis', property }));

export default tseslint.config(
  { ignores: ['**/dist/', '**/target/', 'src/', '**/*.d.ts', 'web/e2e/fixtures/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { 'react-hooks': reactHooks },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...reactHooks.configs.recommended.rules,
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['client/src/**', 'web/src/**'],
    ignores: ['client/src/environment.ts', 'web/src/browser.ts', 'web/src/serviceWorker.ts', '**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', ...deniable],
      'no-restricted-properties': ['error', ...deniableProperties, { object: 'document', property: 'cookie' }],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
