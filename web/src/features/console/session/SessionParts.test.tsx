import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { NO_SESSION, tellSession } from '~/lib/transcript/sessionState';
import { events, OPENED } from '~/testing/events';
import { session, target } from '~/testing/fixtures';
import { answerWith, expectAccessible, renderPage } from '~/testing/renderPage';
import { ReconnectingBar, UnsentBar } from './Bars';
import { EndedBar } from './EndedBar';
import { LaunchStages } from './LaunchStages';
import { PasteDialog } from './PasteDialog';
import { SessionStrip } from './SessionStrip';

const proven = tellSession(
  NO_SESSION,
  events([
    OPENED,
    { type: 'runner.stage', stage: 'queued', seconds: 0.25, detail: null },
    {
      type: 'replica.proven', connection: 0, passed: true,
      checks: [{ name: 'In recovery', passed: true, waived: false, evidence: 'pg_is_in_recovery() = t' }, { name: 'Lag', passed: false, waived: true, evidence: '90 s' }],
    },
  ]),
);

const strip = (part = {}) => (
  <SessionStrip session={session(part)} target={target()} state={proven} panelOpen onTogglePanel={() => undefined} />
);

test('The strip shows the replica, and behind read-only the evidence of each check', async () => {
  const { baseElement } = renderPage(strip());
  expect(screen.getByText('127.0.0.1:55433/recipes')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'read-only' }));
  expect(await screen.findByText('pg_is_in_recovery() = t')).toBeVisible();
  expect(screen.getByText(/waived by the policy/)).toBeVisible();
  await expectAccessible(baseElement);
});

test('End asks once and then tells the gateway', async () => {
  const requests = answerWith({ '/api/antiforgery': { token: 't' }, 'DELETE /api/sessions/s1': {} });
  renderPage(strip());
  await userEvent.click(screen.getByRole('button', { name: 'End' }));
  expect(requests).toEqual([]);
  await userEvent.click(await screen.findByRole('button', { name: 'End the session' }));
  expect(requests.map(({ method, path }) => `${method} ${path}`)).toContain('DELETE /api/sessions/s1');
});

test('The last five minutes are said to be the last', () => {
  renderPage(strip({ endsAt: new Date(Date.now() + 200_000).toISOString() }));
  expect(screen.getByText(/3:\d\d left/)).toHaveAttribute('data-soon', 'true');
});

test('The launch shows what is done with its seconds, and what is under way', async () => {
  const { container } = renderPage(<LaunchStages state={proven} launcher="sandbox" />);
  expect(screen.getByText('0.25 s')).toBeVisible();
  expect(screen.getByText('Starting the runner').closest('li')).toHaveAttribute('data-state', 'now');
  await expectAccessible(container);
});

test('A lost connection says that the session is safe', () => {
  renderPage(<ReconnectingBar status={{ kind: 'reconnecting', signedOut: false, since: Date.now() - 9000 }} />);
  expect(screen.getByRole('status')).toHaveTextContent('Reconnecting, your session is safe. Lost 9 s ago.');
});

test('An expired sign-in says how to go on', () => {
  renderPage(<ReconnectingBar status={{ kind: 'reconnecting', signedOut: true, since: Date.now() }} />);
  expect(screen.getByRole('link', { name: /sign in again/ })).toHaveAttribute('target', '_blank');
});

test('Unsent input is shown readably, and sent or discarded', async () => {
  const decided: boolean[] = [];
  renderPage(<UnsentBar unsent={new TextEncoder().encode('ls\r\u0003')} canSend onDecide={(sendIt) => decided.push(sendIt)} />);
  expect(screen.getByText('ls⏎^C')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Send it now' }));
  await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
  expect(decided).toEqual([true, false]);
});

test('The end gives its reason; the transcript is offered to reviewers only', async () => {
  const bar = (mayReview: boolean) => <EndedBar sentence="Ended after 15 min without input." session={session()} target={target()} mayReview={mayReview} />;
  const { unmount } = renderPage(bar(false));
  expect(screen.getByRole('status')).toHaveTextContent('Ended after 15 min without input.');
  expect(screen.queryByRole('link', { name: 'See transcript' })).toBeNull();
  unmount();
  renderPage(bar(true));
  expect(screen.getByRole('link', { name: 'See transcript' })).toHaveAttribute('href', '/review/s1');
  await userEvent.click(screen.getByRole('button', { name: 'Open again' }));
  expect(await screen.findByLabelText('Reason')).toHaveValue('REC-1 slow search');
});

test('A paste of several lines asks, and remembers not to ask again', async () => {
  const decided: [boolean, boolean][] = [];
  renderPage(<PasteDialog text={'a\nb'} onDecide={(paste, askAgain) => decided.push([paste, askAgain])} />);
  expect(await screen.findByRole('dialog', { name: 'Paste 2 lines?' })).toBeVisible();
  await userEvent.click(screen.getByLabelText('Do not ask again in this session'));
  await userEvent.click(screen.getByRole('button', { name: 'Paste' }));
  expect(decided).toEqual([[true, false]]);
});
