import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { answerWith, expectAccessible, renderPage } from '~/testing/renderPage';
import type { Policies } from '~/types/api';
import { PoliciesPage } from './PoliciesPage';

const policies: Policies = {
  revision: 'abcdef0123456789',
  loadedAt: '2026-11-23T17:00:00Z',
  failure: { at: '2026-11-23T17:05:00Z', problems: [{ file: 'targets/shop.yaml', line: 3, column: 5, message: 'unknown key `ownr`; did you mean `owner`?' }] },
  targets: [
    { name: 'recipes', title: 'Recipes', file: 'targets/recipes.yaml', source: "title: 'Recipes # 1' # the first\n" },
    { name: 'shop', title: 'Shop', file: 'targets/shop.yaml', source: 'title: Shop\n' },
  ],
};

test('What is in force, what is not and where the error is', async () => {
  answerWith({ '/api/policies': policies });
  const { container } = renderPage(<PoliciesPage />, '/policies', '/policies/:name?');
  expect(await screen.findByRole('alert')).toHaveTextContent('targets/shop.yaml:3:5 unknown key `ownr`; did you mean `owner`?');
  expect(screen.getByRole('link', { name: 'has errors Shop' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'in force Recipes' })).toBeVisible();
  await expectAccessible(container);
});

test('A file with errors is shown as it is now, with the line marked', async () => {
  const problems = [{ file: 'targets/shop.yaml', line: 1, column: 1, message: '`repl` is missing.' }];
  answerWith({ '/api/policies': { ...policies, failure: { problems } } });
  renderPage(<PoliciesPage />, '/policies/shop', '/policies/:name?');
  expect(await screen.findByText(/as it is now, not in force/)).toBeVisible();
  expect(screen.getByTitle('`repl` is missing.')).toHaveTextContent('title: Shop');
});

test('The source of the address\'s target is shown as it is', async () => {
  answerWith({ '/api/policies': policies });
  renderPage(<PoliciesPage />, '/policies/recipes', '/policies/:name?');
  expect(await screen.findByLabelText('YAML')).toHaveTextContent("title: 'Recipes # 1' # the first");
});

test('A target that is not there is said to be missing', async () => {
  answerWith({ '/api/policies': policies });
  renderPage(<PoliciesPage />, '/policies/none', '/policies/:name?');
  expect(await screen.findByText('There is no such target')).toBeVisible();
});
