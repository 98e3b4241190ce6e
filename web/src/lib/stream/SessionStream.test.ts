import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ended, events, OPENED, output, typed } from '~/testing/events';
import { FakeGateway } from '~/testing/FakeGateway';
import type { TranscriptEvent } from '~/types/generated/transcript';
import { SessionStream, type StreamStatus } from './SessionStream';
import { RefusedError, SignedOutError } from './StreamConnection';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function follow(gateway: FakeGateway) {
  const seen: TranscriptEvent[] = [];
  const statuses: StreamStatus[] = [];
  const unsent: (string | null)[] = [];
  const stream = new SessionStream('s1', gateway.connect, {
    events: (list) => {
      seen.push(...list);
      const last = list.at(-1);
      if (last) stream.rendered(last.n);
    },
    status: (status) => statuses.push(status),
    unsent: (data) => unsent.push(data && new TextDecoder().decode(data)),
  });
  const done = stream.run();
  return { stream, seen, statuses, unsent, done, kinds: () => statuses.map(({ kind }) => kind) };
}

const list = events([OPENED, output('a'), output('b'), output('c'), ended]);
const part = (from: number, to: number) => list.slice(from - 1, to);

test('A session is followed from its first event to its last', async () => {
  const gateway = new FakeGateway();
  const { seen, kinds, done } = follow(gateway);
  await vi.advanceTimersByTimeAsync(0);
  gateway.write(list);
  await done;
  expect(seen).toEqual(list);
  expect(kinds()).toEqual(['connecting', 'following', 'ended']);
});

test('A lost connection is replaced by one that resumes after the last event', async () => {
  const gateway = new FakeGateway();
  const { seen, kinds } = follow(gateway);
  await vi.advanceTimersByTimeAsync(0);
  gateway.write(part(1, 2));
  gateway.cut();
  await vi.advanceTimersByTimeAsync(0);
  gateway.write(part(3, 4));
  await vi.advanceTimersByTimeAsync(1000);
  expect(gateway.followed).toEqual([1, 3]);
  expect(seen).toEqual(part(1, 4));
  expect(kinds()).toEqual(['connecting', 'following', 'reconnecting', 'following']);
});

test('It never gives up while the gateway is away, and says how long it has been', async () => {
  const gateway = new FakeGateway();
  const { seen, statuses } = follow(gateway);
  await vi.advanceTimersByTimeAsync(0);
  gateway.failures = Array.from({ length: 200 }, () => new Error('no network'));
  gateway.cut();
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  const since = statuses.flatMap((status) => (status.kind === 'reconnecting' ? [status.since] : []));
  expect(since.length).toBeGreaterThan(50);
  expect(new Set(since).size).toBe(1);
  gateway.failures = [];
  gateway.write(part(1, 2));
  await vi.advanceTimersByTimeAsync(6000);
  expect(seen).toEqual(part(1, 2));
});

test('A network that is back ends the waiting at once', async () => {
  const gateway = new FakeGateway();
  const { stream, kinds } = follow(gateway);
  await vi.advanceTimersByTimeAsync(0);
  gateway.failures = Array.from({ length: 8 }, () => new Error('no network'));
  gateway.cut();
  await vi.advanceTimersByTimeAsync(20_000);
  gateway.failures = [];
  await stream.nudge();
  await vi.advanceTimersByTimeAsync(0);
  expect(kinds().at(-1)).toBe('following');
});

test('A connection that does not answer after a sleep is replaced', async () => {
  const gateway = new FakeGateway();
  const { stream } = follow(gateway);
  await vi.advanceTimersByTimeAsync(0);
  gateway.silent = true;
  void stream.nudge();
  await vi.advanceTimersByTimeAsync(4000);
  expect(gateway.followed).toEqual([1]);
  gateway.silent = false;
  await vi.advanceTimersByTimeAsync(3000);
  expect(gateway.followed).toEqual([1, 1]);
});

test('A connection that answers after a sleep is kept', async () => {
  const gateway = new FakeGateway();
  const { stream } = follow(gateway);
  await vi.advanceTimersByTimeAsync(0);
  void stream.nudge();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(gateway.followed).toEqual([1]);
});

test('An expired sign-in is told, and following goes on after it was renewed', async () => {
  const gateway = new FakeGateway();
  gateway.failures = [new SignedOutError()];
  const { statuses, kinds } = follow(gateway);
  await vi.advanceTimersByTimeAsync(0);
  expect(statuses.at(-1)).toMatchObject({ kind: 'reconnecting', signedOut: true });
  await vi.advanceTimersByTimeAsync(6000);
  expect(kinds().at(-1)).toBe('following');
});

test('A refusal ends the following with its sentence', async () => {
  const gateway = new FakeGateway();
  const { statuses, done } = follow(gateway);
  await vi.advanceTimersByTimeAsync(0);
  gateway.refuse(new RefusedError('This session is not yours.'));
  await done;
  expect(statuses.at(-1)).toEqual({ kind: 'refused', sentence: 'This session is not yours.' });
});

test('What was rendered is acknowledged, and again on the next connection', async () => {
  const gateway = new FakeGateway();
  follow(gateway);
  await vi.advanceTimersByTimeAsync(0);
  gateway.write(part(1, 3));
  await vi.advanceTimersByTimeAsync(0);
  gateway.cut();
  await vi.advanceTimersByTimeAsync(1000);
  expect(gateway.acknowledged).toEqual([3, 3]);
});

test('Input that a broken connection kept back is offered, unless it was recorded after all', async () => {
  const gateway = new FakeGateway();
  const { stream, unsent } = follow(gateway);
  await vi.advanceTimersByTimeAsync(0);
  gateway.holdInput = true;
  stream.input.push(new TextEncoder().encode('ls'));
  stream.input.push(new TextEncoder().encode('\r'));
  gateway.cut();
  await vi.advanceTimersByTimeAsync(1000);
  expect(unsent.at(-1)).toBe('ls\r');
  expect(gateway.inputs).toEqual(['ls']);
  gateway.write(events([typed('ls')]));
  stream.input.recorded(new TextEncoder().encode('ls'));
  expect(unsent.at(-1)).toBe('\r');
});

test('A disposed stream says no more and connects no more', async () => {
  const gateway = new FakeGateway();
  const { stream, kinds, done } = follow(gateway);
  await vi.advanceTimersByTimeAsync(0);
  stream.dispose();
  await done;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(gateway.followed).toEqual([1]);
  expect(kinds()).toEqual(['connecting', 'following']);
});
