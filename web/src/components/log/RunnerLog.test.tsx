import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { FakeGateway } from '~/testing/FakeGateway';
import { expectAccessible, renderPage } from '~/testing/renderPage';
import { RunnerLog } from './RunnerLog';

let gateway = new FakeGateway();
vi.mock('~/lib/stream/connectLazily', () => ({ connectLazily: (lost: () => void) => gateway.connect(lost) }));
beforeEach(() => (gateway = new FakeGateway()));

const line = (source: string, text: string) => ({ time: Date.UTC(2026, 10, 23, 17), source, text });

test('Lines say who says them, new ones are added, and all are copied', async () => {
  gateway.runnerLog = [line('agent', 'linked'), line('engine', 'container started')];
  const { container } = renderPage(<RunnerLog session="s1" />);
  expect(await screen.findByText('container started')).toBeVisible();
  expect(screen.getByText('engine')).toBeVisible();
  expect(screen.getByText('live')).toBeVisible();
  gateway.logs([line('agent', 'REPL started')]);
  expect(await screen.findByText('REPL started')).toBeVisible();
  await expectAccessible(container);
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'Copy all' }));
  expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await navigator.clipboard.readText()).toContain('2026-11-23 17:00:00 UTC engine container started\n');
});

test('Who has scrolled up is not dragged down, and has a way back', async () => {
  gateway.runnerLog = Array.from({ length: 200 }, (_, index) => line('agent', `line ${index}`));
  renderPage(<RunnerLog session="s1" />);
  const log = await screen.findByRole('log');
  expect(screen.queryByRole('button', { name: 'Jump to newest' })).toBeNull();
  Object.defineProperty(log, 'scrollHeight', { configurable: true, value: 4000 });
  log.scrollTop = 100;
  fireEvent.scroll(log);
  const scrolled = vi.fn();
  log.scrollTo = scrolled;
  gateway.logs([line('agent', 'newest')]);
  await userEvent.click(await screen.findByRole('button', { name: 'Jump to newest' }));
  expect(scrolled).toHaveBeenCalled();
  expect(screen.queryByRole('button', { name: 'Jump to newest' })).toBeNull();
});

test('A runner that is gone and said nothing is told so', async () => {
  gateway.runnerLog = [];
  renderPage(<RunnerLog session="s1" />);
  expect(await screen.findByText(/So far they said nothing/)).toBeVisible();
  gateway.logs(null);
  expect(await screen.findByText('The runner said nothing.')).toBeVisible();
  expect(screen.getByText('The runner is gone.')).toBeVisible();
});

test('A log that is no longer kept says so, and can be asked for again', async () => {
  const { container } = renderPage(<RunnerLog session="s1" />);
  expect(await screen.findByText('There is no log')).toBeVisible();
  expect(screen.getByText('There is no log of this session.')).toBeVisible();
  await expectAccessible(container);
  gateway.runnerLog = [line('agent', 'here after all')];
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('here after all')).toBeVisible();
});

test('While the session is being opened, its log is waited for', async () => {
  renderPage(<RunnerLog session="s1" starting />);
  expect(await screen.findByText(/its log begins with it/)).toBeVisible();
  gateway.runnerLog = [line('engine', 'pulling')];
  expect(await screen.findByText('pulling')).toBeVisible();
});
