import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { me } from '~/testing/fixtures';
import { answerWith, expectAccessible, problem, renderPage } from '~/testing/renderPage';
import type { Health } from '~/types/api';
import { Frame } from './Frame';
import { Permitted } from './Permitted';

const healthy: Health = { status: 'healthy', policy: { revision: 'abcdef0123', failure: null } };

test('Who is not signed in sees what this is and one way in, back to this page', async () => {
  window.history.replaceState(null, '', '/review?denied=1');
  answerWith({ '/api/me': new Response('{}', { status: 401 }), '/api/sign-in-info': { demo: true, title: 'Demo', accounts: [{ name: 'dana', role: 'developer' }] } });
  const { container } = renderPage(<Frame />);
  expect(await screen.findByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/sign-in?returnUrl=%2Freview%3Fdenied%3D1');
  expect(await screen.findByText('This is a demo.')).toBeVisible();
  await expectAccessible(container);
});

test('The bar shows only the pages that I may use', async () => {
  answerWith({ '/api/me': me({ permissions: ['review:read'] }), '/health': healthy });
  const { container } = renderPage(<Frame />);
  expect(await screen.findByRole('link', { name: 'Review' })).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Consoles' })).toBeNull();
  expect(screen.queryByRole('link', { name: 'Operations' })).toBeNull();
  await expectAccessible(container);
});

test('Who runs it has Operations in the bar', async () => {
  answerWith({ '/api/me': me({ permissions: ['policy:read', 'operations:read'] }), '/health': healthy });
  renderPage(<Frame />);
  expect(await screen.findByRole('link', { name: 'Operations' })).toHaveAttribute('href', '/operations');
});

test('A policy that is not in force shows in the bar, in words', async () => {
  const health: Health = { status: 'degraded', policy: { revision: 'abcdef0123', failure: { at: '2026-11-23T17:00:00Z', problems: [] } } };
  answerWith({ '/api/me': me(), '/health': health });
  renderPage(<Frame />);
  expect(await screen.findByText('newest not in force')).toBeVisible();
});

test('A gateway that is away for a while does not take the page away', async () => {
  answerWith({ '/api/me': me(), '/health': healthy });
  const { client } = renderPage(<Frame />);
  await screen.findByText('SafeConsole');
  answerWith({ '/api/me': problem(503, 'The gateway is being restarted.'), '/health': new Response('Bad gateway', { status: 502 }) });
  await client.refetchQueries();
  expect(client.getQueryState(['me'])?.status).toBe('error');
  expect(screen.getByText('SafeConsole')).toBeVisible();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(await screen.findByText('unreachable')).toBeVisible();
});

test('? shows the shortcuts', async () => {
  answerWith({ '/api/me': me(), '/health': healthy });
  renderPage(<Frame />);
  await screen.findByText('SafeConsole');
  await userEvent.keyboard('?');
  expect(await screen.findByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
});

test('A page that is not for me says what it needs', async () => {
  answerWith({ '/api/me': me() });
  renderPage(<Permitted permission="review:read" page={<p>secret</p>} />);
  expect(await screen.findByText('review:read')).toBeVisible();
  expect(screen.queryByText('secret')).toBeNull();
});

test('A reviewer\'s first page is the review', async () => {
  answerWith({ '/api/me': me({ permissions: ['review:read'] }) });
  const { router } = renderPage(<Permitted permission="console:open" page={<p>consoles</p>} />, '/', '/');
  await screen.findByText('elsewhere');
  expect(router.state.location.pathname).toBe('/review');
});
