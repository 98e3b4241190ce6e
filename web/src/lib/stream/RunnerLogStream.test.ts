import { expect, test, vi } from 'vitest';
import { FakeGateway } from '~/testing/FakeGateway';
import { BackOff } from './BackOff';
import { RunnerLogStream, type RunnerLogStatus } from './RunnerLogStream';
import { SignedOutError } from './StreamConnection';

const line = (text: string) => ({ time: 0, source: 'agent', text });

function follow(gateway: FakeGateway, awaited = false) {
  let told: string[] = [];
  const statuses: RunnerLogStatus[] = [];
  const stream = new RunnerLogStream(
    's1',
    gateway.connect,
    { lines: (lines) => (told = lines.map(({ text }) => text)), status: (status) => statuses.push(status) },
    () => awaited,
    new BackOff(() => 0),
  );
  return { stream, running: stream.run(), statuses, lines: () => told };
}

test('Kept lines come first, then new ones, until the runner is gone', async () => {
  const gateway = new FakeGateway();
  gateway.runnerLog = [line('a')];
  const { running, statuses, lines } = follow(gateway);
  await vi.waitFor(() => expect(lines()).toEqual(['a']));
  gateway.logs([line('b')]);
  gateway.logs(null);
  await running;
  expect(lines()).toEqual(['a', 'b']);
  expect(statuses.map(({ kind }) => kind)).toEqual(['connecting', 'following', 'over']);
});

test('After a lost connection each line is there once', async () => {
  const gateway = new FakeGateway();
  gateway.runnerLog = [line('a')];
  const { stream, running, statuses, lines } = follow(gateway);
  await vi.waitFor(() => expect(lines()).toEqual(['a']));
  gateway.failures = [new SignedOutError()];
  gateway.cut();
  gateway.runnerLog = [line('a'), line('b')];
  await vi.waitFor(() => expect(lines()).toEqual(['a', 'b']));
  expect(statuses).toContainEqual({ kind: 'reconnecting', signedOut: false });
  expect(statuses).toContainEqual({ kind: 'reconnecting', signedOut: true });
  stream.dispose();
  await running;
});

test('A log that is not kept is refused, in the gateway\'s words', async () => {
  const { running, statuses } = follow(new FakeGateway());
  await running;
  expect(statuses.at(-1)).toEqual({ kind: 'refused', sentence: 'There is no log of this session.' });
});

test('A log of a session that is being opened is waited for', async () => {
  const gateway = new FakeGateway();
  const { stream, running, statuses, lines } = follow(gateway, true);
  await vi.waitFor(() => expect(statuses.at(-1)?.kind).toBe('refused'));
  gateway.runnerLog = [line('a')];
  await vi.waitFor(() => expect(lines()).toEqual(['a']));
  stream.dispose();
  await running;
});
