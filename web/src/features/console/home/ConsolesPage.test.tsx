import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { session, target } from '~/testing/fixtures';
import { answerWith, expectAccessible, problem, renderPage } from '~/testing/renderPage';
import { ConsolesPage } from './ConsolesPage';

const recipes = target();
const billing = target({
  name: 'billing', title: 'Billing', application: 'Billing', owner: 'Payments', allowed: false, whyNot: 'Only members of payments-oncall are admitted. Ask Payments.',
});

test('What I may open comes first; what I may not says why and whom to ask', async () => {
  answerWith({ '/api/targets': [billing, recipes], '/api/sessions': [] });
  const { container } = renderPage(<ConsolesPage />);
  await screen.findByRole('button', { name: 'Open Recipes' });
  expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual(['Recipes', 'Billing']);
  expect(screen.getByText('Only members of payments-oncall are admitted. Ask Payments.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Open Billing' })).toBeNull();
  await expectAccessible(container);
});

test('The search is focused, narrows the list, and Enter opens what is left', async () => {
  answerWith({ '/api/targets': [recipes, target({ name: 'shop', title: 'Shop', application: 'Shop' })], '/api/sessions': [] });
  renderPage(<ConsolesPage />);
  await screen.findByRole('button', { name: 'Open Shop' });
  expect(screen.getByLabelText('Search consoles')).toHaveFocus();
  await userEvent.keyboard('shop prod');
  expect(screen.queryByRole('button', { name: 'Open Recipes' })).toBeNull();
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByRole('dialog', { name: 'Open Shop' })).toBeVisible();
});

test('From the search to an open session by Enter and typing alone', async () => {
  const requests = answerWith({
    '/api/targets': [target({ reasonPattern: '^REC-\\d+' })],
    '/api/sessions': [],
    'POST /api/sessions': { id: 's9' },
    '/api/antiforgery': { token: 't' },
  });
  const { router } = renderPage(<ConsolesPage />, '/', '/');
  await screen.findByRole('button', { name: 'Open Recipes' });
  await userEvent.keyboard('rec{Enter}');
  const reason = await screen.findByLabelText('Reason');
  await userEvent.type(reason, 'slow{Enter}');
  expect(screen.getByRole('button', { name: 'Open' })).toBeDisabled();
  expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
  await userEvent.clear(reason);
  await userEvent.type(reason, 'REC-7 slow{Enter}');
  await screen.findByText('elsewhere');
  expect(router.state.location.pathname).toBe('/sessions/s9');
  expect(requests.find(({ method }) => method === 'POST')?.body).toMatchObject({ target: 'recipes', option: 'psql', reason: 'REC-7 slow' });
});

test('A reason that is missing is asked for; Escape leads back to the search', async () => {
  answerWith({ '/api/targets': [recipes], '/api/sessions': [] });
  renderPage(<ConsolesPage />);
  await screen.findByRole('button', { name: 'Open Recipes' });
  await userEvent.keyboard('{Enter}');
  await userEvent.type(await screen.findByLabelText('Reason'), '{Enter}');
  expect(await screen.findByText('The policy asks for a reason.')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(screen.getByLabelText('Search consoles')).toHaveFocus();
});

test('A refusal is told in the dialog, in the gateway\'s words', async () => {
  answerWith({
    '/api/targets': [recipes],
    '/api/sessions': [],
    'POST /api/sessions': problem(429, 'You have three sessions already. End one first.'),
    '/api/antiforgery': { token: 't' },
  });
  renderPage(<ConsolesPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'Open Recipes' }));
  await userEvent.type(await screen.findByLabelText('Reason'), 'REC-1');
  await userEvent.click(screen.getByRole('button', { name: 'Open' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('You have three sessions already.');
});

test('Running sessions can be resumed, last ones opened again with their reason', async () => {
  const past = session({ id: 's0', state: 'ended', option: 'wide', endSentence: 'The REPL exited.', reason: 'REC-2 totals' });
  answerWith({ '/api/targets': [recipes], '/api/sessions': [session(), past] });
  renderPage(<ConsolesPage />);
  expect(await screen.findByRole('link', { name: 'Resume Recipes' })).toHaveAttribute('href', '/sessions/s1');
  await userEvent.click(await screen.findByRole('button', { name: 'Open again: Recipes' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByLabelText('Reason')).toHaveValue('REC-2 totals');
  expect(within(dialog).getByRole('radio', { name: /expanded/ })).toBeChecked();
});

test('No policy at all is explained; a failure can be tried again', async () => {
  answerWith({ '/api/targets': [], '/api/sessions': [] });
  renderPage(<ConsolesPage />);
  expect(await screen.findByText('No consoles yet')).toBeVisible();
  answerWith({ '/api/targets': problem(503, 'The gateway is starting.'), '/api/sessions': [] });
  renderPage(<ConsolesPage />);
  expect(await screen.findByText('The gateway is starting.')).toBeVisible();
  answerWith({ '/api/targets': [recipes], '/api/sessions': [] });
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('button', { name: 'Open Recipes' })).toBeVisible();
});
