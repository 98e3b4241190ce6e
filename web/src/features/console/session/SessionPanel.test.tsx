import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { NO_SESSION, tellSession } from '~/lib/transcript/sessionState';
import { events, OPENED, statement } from '~/testing/events';
import { FakeGateway } from '~/testing/FakeGateway';
import { session, target } from '~/testing/fixtures';
import { expectAccessible, renderPage } from '~/testing/renderPage';
import { SessionPanel } from './SessionPanel';

const gateway = new FakeGateway();
vi.mock('~/lib/stream/connectLazily', () => ({ connectLazily: (lost: () => void) => gateway.connect(lost) }));
afterEach(() => localStorage.clear());

const state = tellSession(NO_SESSION, events([
  OPENED,
  ...statement(1, 'select 1', 'approved', { rows: 1 }),
  { type: 'runner.measured', processors: 0.5, memory: 123_000_000 },
  { type: 'session.ended', reason: 'Runaway', sentence: 'Ended because the runner kept 1 processors busy.', exitCode: null },
]));
const panel = (mayReadLog: boolean) => <SessionPanel session={session()} state={state} limits={target().limits} mayReadLog={mayReadLog} />;

test('Tabs lead from the statements to what the runner used, by keys too, and are remembered', async () => {
  const { container, unmount } = renderPage(panel(false));
  expect(screen.getByRole('tabpanel', { name: 'Statements' })).toBeVisible();
  screen.getByRole('tab', { name: 'Statements' }).focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(await screen.findByTestId('memory-value')).toHaveTextContent('123 MB');
  expect(screen.getByTestId('processors-value')).toHaveTextContent('0.50 busy');
  await expectAccessible(container);
  unmount();
  renderPage(panel(false));
  expect(await screen.findByTestId('memory-value')).toBeVisible();
});

test('The log is for those who run SafeConsole', async () => {
  const { unmount } = renderPage(panel(false));
  expect(screen.queryByRole('tab', { name: 'Log' })).toBeNull();
  unmount();
  gateway.runnerLog = [{ time: 0, source: 'agent', text: 'linked' }];
  renderPage(panel(true));
  await userEvent.click(screen.getByRole('tab', { name: 'Log' }));
  expect(await screen.findByText('linked')).toBeVisible();
});
