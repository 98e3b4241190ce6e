import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { answerWith, expectAccessible, renderPage } from '~/testing/renderPage';
import type { ReviewItem } from '~/types/api';
import { ReviewPage } from './ReviewPage';

const item = (id: string, part: Partial<ReviewItem> = {}): ReviewItem => ({
  id, user: 'dana', target: 'recipes', reason: 'REC-1', startedAt: '2026-11-23T17:00:00Z', endedAt: '2026-11-23T17:10:00Z', state: 'ended',
  endReason: 'ReplExited', endSentence: 'The REPL exited.', statements: 4, denied: 0, failed: 0, rows: 12, durationSeconds: 600, ...part,
});

test('Sessions are listed with what was denied; j, k and Enter walk and open', async () => {
  answerWith({ '/api/review/sessions': { items: [item('a'), item('b', { user: 'eve', denied: 3 })], next: null } });
  const { container, router } = renderPage(<ReviewPage />, '/review', '/review');
  const second = await screen.findByRole('link', { name: 'eve on recipes' });
  expect(screen.getByText('✕ 3')).toBeVisible();
  await userEvent.keyboard('jj');
  expect(second).toHaveFocus();
  await userEvent.keyboard('k');
  expect(screen.getByRole('link', { name: 'dana on recipes' })).toHaveFocus();
  await expectAccessible(container);
  await userEvent.keyboard('j{Enter}');
  expect(router.state.location.pathname).toBe('/review/b');
});

test('The sentence asks the gateway and stands in the address', async () => {
  const requests = answerWith({ '/api/review/sessions': { items: [], next: null } });
  const { router } = renderPage(<ReviewPage />, '/review?range=all', '/review');
  await screen.findByText('No session fits');
  expect(requests.at(-1)?.path).not.toContain('from=');
  await userEvent.click(screen.getByLabelText('with denials only'));
  await userEvent.type(screen.getByLabelText('User'), 'dana');
  await waitFor(() => expect(router.state.location.search).toBe('?user=dana&range=all&denied=1'));
  await waitFor(() => expect(requests.at(-1)?.path).toMatch(/user=dana.*deniedOnly=true/));
});

test('Older sessions are asked for by the key of the last page', async () => {
  const requests = answerWith({
    '/api/review/sessions': (query: string) => (query.includes('before=key-1') ? { items: [item('b')], next: null } : { items: [item('a')], next: 'key-1' }),
  });
  renderPage(<ReviewPage />, '/review', '/review');
  await userEvent.click(await screen.findByRole('button', { name: 'Show older sessions' }));
  await waitFor(() => expect(screen.getAllByRole('link')).toHaveLength(2));
  expect(requests.at(-1)?.path).toContain('before=key-1');
  expect(screen.queryByRole('button', { name: 'Show older sessions' })).toBeNull();
});
