import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import ts from 'typescript-eslint';

const features = ['console', 'review', 'policies', 'operations'];

/** app → features → components → lib → types; a folder never imports what stands left of it. */
function border(files, forbidden) {
  const patterns = forbidden.map((folder) => ({
    regex: `^(~/|(\\.\\./)+)(features/)?${folder}(/|$)`,
    message: `${files} must not import from ${folder}.`,
  }));
  return { files: [files], rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

export default ts.config(
  { ignores: ['dist', 'node_modules'] },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  a11y.flatConfigs.recommended,
  hooks.configs.flat['recommended-latest'],
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: { allowDefaultProject: ['*.js'] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'jsx-a11y/no-autofocus': ['error', { ignoreNonDOM: true }],
      // There is no React Compiler here whose memoising could go stale.
      'react-hooks/incompatible-library': 'off',
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  { files: ['*.js', 'public/*.js'], extends: [ts.configs.disableTypeChecked] },
  border('src/types/**', ['lib', 'components', 'features', 'app']),
  border('src/lib/**', ['components', 'features', 'app']),
  border('src/components/**', ['features', 'app']),
  ...features.map((feature) =>
    border(`src/features/${feature}/**`, ['app', ...features.filter((other) => other !== feature)]),
  ),
);
