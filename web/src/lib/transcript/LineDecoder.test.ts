import { expect, test } from 'vitest';
import { events, lines, OPENED, output } from '~/testing/events';
import { LineDecoder } from './LineDecoder';

const told = events([OPENED, output('Crème brûlée 🍮\r\n'), output('麻婆豆腐')]);

test('Lines cut at any byte give the same events', () => {
  const bytes = lines(told);
  for (let at = 0; at <= bytes.length; at++) {
    const decoder = new LineDecoder();
    expect([...decoder.push(bytes.subarray(0, at)), ...decoder.push(bytes.subarray(at))]).toEqual(told);
  }
});

test('Lines that come byte by byte give the same events', () => {
  const decoder = new LineDecoder();
  expect([...lines(told)].flatMap((byte) => decoder.push(Uint8Array.of(byte)))).toEqual(told);
});

test('A half line is forgotten on reset', () => {
  const decoder = new LineDecoder();
  decoder.push(lines(told).subarray(0, 20));
  decoder.reset();
  expect(decoder.push(lines(told))).toEqual(told);
});

test('A line that is no event throws', () => {
  expect(() => new LineDecoder().push(new TextEncoder().encode('{"type":"x"}\n'))).toThrow('not an event');
  expect(() => new LineDecoder().push(new TextEncoder().encode('null\n'))).toThrow('not an event');
});
