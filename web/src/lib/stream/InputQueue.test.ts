import { expect, test } from 'vitest';
import { InputQueue } from './InputQueue';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array | null) => (data ? new TextDecoder().decode(data) : null);

/** A connection whose answers the test gives. */
function wire() {
  const sent: string[] = [];
  const answers: { resolve: () => void; reject: () => void }[] = [];
  const send = (data: Uint8Array) => {
    sent.push(new TextDecoder().decode(data));
    return new Promise<void>((resolve, reject) => answers.push({ resolve, reject: () => reject(new Error('refused')) }));
  };
  return { sent, answers, send };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('What is typed while a piece is under way goes together as the next', async () => {
  const { sent, answers, send } = wire();
  const queue = new InputQueue(() => undefined);
  queue.connect(send);
  for (const key of ['a', 'b', 'c']) queue.push(bytes(key));
  expect(sent).toEqual(['a']);
  answers[0]?.resolve();
  await settled();
  expect(sent).toEqual(['a', 'bc']);
});

test('A large paste goes in pieces, in order', async () => {
  const { sent, answers, send } = wire();
  const queue = new InputQueue(() => undefined);
  queue.connect(send);
  const paste = 'x'.repeat(40_000) + 'y'.repeat(40_000);
  queue.push(bytes(paste));
  while (sent.join('').length < paste.length) {
    answers.at(-1)?.resolve();
    await settled();
  }
  expect(sent.join('')).toBe(paste);
  expect(Math.max(...sent.map((piece) => piece.length))).toBeLessThanOrEqual(32 * 1024);
});

test('Without a connection nothing is taken', () => {
  expect(new InputQueue(() => undefined).push(bytes('a'))).toBe(false);
});

test('What was not sent is kept aside, and sent only on its author\'s word', () => {
  const { sent, send } = wire();
  const queue = new InputQueue(() => undefined);
  queue.connect(send);
  queue.push(bytes('drop '));
  queue.push(bytes('table'));
  queue.disconnect();
  expect(text(queue.unsent)).toBe('drop table');
  queue.connect(send);
  expect(sent).toEqual(['drop ']);
  expect(queue.push(bytes('x'))).toBe(false);
  queue.decide(true);
  expect(sent).toEqual(['drop ', 'drop table']);
  expect(queue.unsent).toBeNull();
});

test('Discarded input is gone, and typing goes on', () => {
  const { sent, send } = wire();
  const queue = new InputQueue(() => undefined);
  queue.connect(send);
  queue.push(bytes('a'));
  queue.disconnect();
  queue.connect(send);
  queue.decide(false);
  expect(queue.unsent).toBeNull();
  expect(queue.push(bytes('b'))).toBe(true);
  expect(sent).toEqual(['a', 'b']);
});

test('The piece under way is not offered again when the transcript tells that it arrived', () => {
  const { send } = wire();
  const queue = new InputQueue(() => undefined);
  queue.connect(send);
  queue.push(bytes('ls'));
  queue.push(bytes('\r'));
  queue.disconnect();
  queue.connect(send);
  queue.recorded(bytes('ls'));
  expect(text(queue.unsent)).toBe('\r');
});

test('An earlier piece that is told of late is not taken for the uncertain one', async () => {
  const { answers, send } = wire();
  const queue = new InputQueue(() => undefined);
  queue.connect(send);
  queue.push(bytes('a'));
  answers[0]?.resolve();
  await settled();
  queue.push(bytes('b'));
  queue.disconnect();
  queue.connect(send);
  queue.recorded(bytes('a'));
  expect(text(queue.unsent)).toBe('b');
  queue.recorded(bytes('b'));
  expect(queue.unsent).toBeNull();
});

test('Hidden input is matched by its length', () => {
  const { send } = wire();
  const queue = new InputQueue(() => undefined);
  queue.connect(send);
  queue.push(bytes('secret'));
  queue.disconnect();
  queue.recorded(6);
  expect(queue.unsent).toBeNull();
});

test('What the hub refuses is offered, not dropped', async () => {
  const { answers, send } = wire();
  const queue = new InputQueue(() => undefined);
  queue.connect(send);
  queue.push(bytes('a'));
  queue.push(bytes('b'));
  answers[0]?.reject();
  await settled();
  expect(text(queue.unsent)).toBe('ab');
});
