import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { FakeGateway } from '~/testing/FakeGateway';
import { liveSession } from '~/testing/fixtures';
import { answerWith, expectAccessible, problem, renderPage } from '~/testing/renderPage';
import type { LiveSession, WarmRunners } from '~/types/api';
import { OperationsPage } from './list/OperationsPage';
import { RunningPage } from './session/RunningPage';

const gateway = new FakeGateway();
vi.mock('~/lib/stream/connectLazily', () => ({ connectLazily: (lost: () => void) => gateway.connect(lost) }));

const running = (sessions: LiveSession[], warm: WarmRunners[] = []) => ({ '/api/operations': { launchers: ['sandbox', 'docker'], sessions, warm } });
const USAGE = '/api/operations/sessions/a/usage';
const owners = () => screen.getAllByRole('row').flatMap((row) => within(row).queryAllByRole('link').map(() => row.querySelector('td:nth-child(2)')?.textContent));
const few = [
  liveSession({ id: 'a', owner: 'dana', memory: 40_000_000 }),
  liveSession({ id: 'b', owner: 'eve', memory: 500_000_000, startedAt: '2026-11-23T18:00:00Z', followed: false }),
  liveSession({ id: 'c', owner: 'finn', memory: null, processors: null, runner: null, state: 'starting', startedAt: '2026-11-23T16:00:00Z' }),
];

test('Living sessions are shown newest first, with what they use and who looks', async () => {
  answerWith(running(few));
  const { container } = renderPage(<OperationsPage />, '/operations', '/operations');
  await waitFor(() => expect(owners()).toEqual(['eve', 'dana', 'finn']));
  expect(screen.getByText('nobody attached')).toBeVisible();
  expect(screen.getByText('near limit')).toBeVisible();
  expect(screen.getByText('starting')).toBeVisible();
  expect(screen.getByText(/by sandbox, docker/)).toBeVisible();
  await expectAccessible(container);
});

test('A press on a head sorts, and the order stands in the address', async () => {
  answerWith(running(few));
  const { router } = renderPage(<OperationsPage />, '/operations', '/operations');
  await userEvent.click(await screen.findByRole('button', { name: 'Memory' }));
  expect(owners()).toEqual(['eve', 'dana', 'finn']);
  await userEvent.click(screen.getByRole('button', { name: /^Memory/ }));
  expect(owners()).toEqual(['finn', 'dana', 'eve']);
  expect(router.state.location.search).toBe('?sort=memory');
  expect(screen.getByRole('columnheader', { name: /Memory/ })).toHaveAttribute('aria-sort', 'ascending');
  await userEvent.click(screen.getByRole('button', { name: 'Owner' }));
  expect(owners()).toEqual(['dana', 'eve', 'finn']);
});

test('End says whose session it ends, and tells a failure', async () => {
  const requests = answerWith({ ...running(few), '/api/antiforgery': { token: 't' }, 'DELETE /api/sessions/b': problem(503, 'The gateway is being restarted.') });
  renderPage(<OperationsPage />, '/operations', '/operations');
  await userEvent.click(await screen.findByRole('button', { name: 'End eve’s session on Recipes' }));
  expect(requests.some(({ method }) => method === 'DELETE')).toBe(false);
  await userEvent.click(await screen.findByRole('button', { name: 'End eve’s session' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('The gateway is being restarted.');
  expect(requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path)).toEqual(['/api/sessions/b']);
});

test('Warm runners are as wanted, or it is said why not', async () => {
  answerWith(running([], [
    { target: 'recipes', wanted: 2, ready: 2, booting: 0, problem: null },
    { target: 'shell', wanted: 1, ready: 0, booting: 0, problem: 'The image is not there.' },
  ]));
  const { container } = renderPage(<OperationsPage />, '/operations', '/operations');
  expect(await screen.findByText('✓ as wanted')).toBeVisible();
  expect(screen.getByText('! The image is not there.')).toBeVisible();
  expect(screen.getByText('No session is live')).toBeVisible();
  await expectAccessible(container);
});

test('What cannot be loaded can be tried again; what was seen stays, with its time', async () => {
  answerWith({ '/api/operations': problem(503, 'The gateway is being restarted.') });
  const { client } = renderPage(<OperationsPage />, '/operations', '/operations');
  expect(await screen.findByText('What runs could not be loaded')).toBeVisible();
  answerWith(running(few));
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('nobody attached');
  answerWith({ '/api/operations': problem(503, 'The gateway is being restarted.') });
  await client.refetchQueries();
  expect(await screen.findByText(/^As of .* The gateway is being restarted\./)).toBeVisible();
  expect(screen.getByText('nobody attached')).toBeVisible();
});

test('One session has its figures, its curves and its runner\'s log', async () => {
  gateway.runnerLog = [{ time: 0, source: 'agent', text: 'linked' }];
  const measured = (second: number, memory: number) => ({ at: new Date(Date.UTC(2026, 10, 30, 12, 0, second)).toISOString(), processors: 0.25, memory });
  const requests = answerWith({ ...running(few), [USAGE]: (query: string) => (query ? [measured(3, 40_000_000)] : [measured(1, 20_000_000), measured(2, 48_000_000)]) });
  const { container } = renderPage(<RunningPage />, '/operations/sessions/a', '/operations/sessions/:id');
  expect(await screen.findByRole('heading', { name: 'dana on Recipes' })).toBeVisible();
  expect(await screen.findByTestId('memory-value')).toHaveTextContent('48 MB');
  await waitFor(() => expect(screen.getByTestId('memory-value')).toHaveTextContent('40 MB'), { timeout: 5000 });
  expect(requests.filter(({ path }) => path.startsWith(USAGE)).map(({ path }) => path).slice(0, 2)).toEqual([USAGE, `${USAGE}?after=2026-11-30T12:00:02.000Z`]);
  expect(await screen.findByText('linked')).toBeVisible();
  expect(screen.getByText('limit 1')).toBeVisible();
  expect(screen.getByText('up to 50 MB of 537 MB allowed')).toBeVisible();
  await expectAccessible(container);
});

test('A session that is over says so and keeps its log in sight', async () => {
  gateway.runnerLog = [{ time: 0, source: 'engine', text: 'killed' }];
  answerWith(running(few));
  renderPage(<RunningPage />, '/operations/sessions/z', '/operations/sessions/:id');
  expect(await screen.findByRole('heading', { name: 'This session is not live' })).toBeVisible();
  expect(await screen.findByText('killed')).toBeVisible();
});
