import { expect, test } from 'vitest';
import { QUARTER, spanFor } from './spans';

const MINUTE = 60_000;

test('A young session has the room that it comes to need', () => {
  expect(spanFor('last', 0, 30_000, undefined)).toEqual({ from: 0, to: MINUTE });
  expect(spanFor('last', 0, 61_000, undefined)).toEqual({ from: 0, to: 2 * MINUTE });
  expect(spanFor('whole', 0, 11 * MINUTE, undefined)).toEqual({ from: 0, to: QUARTER });
});

test('An old one shows its last quarter of an hour, up to three seconds ahead, or all of it', () => {
  const { from, to } = spanFor('last', 0, 40 * MINUTE + 1, undefined);
  expect(to - from).toBe(QUARTER);
  expect(to - 40 * MINUTE).toBeGreaterThan(0);
  expect(to - 40 * MINUTE).toBeLessThanOrEqual(3000);
  expect(spanFor('whole', 0, 40 * MINUTE, undefined)).toEqual({ from: 0, to: 40 * MINUTE });
});

test('With a player it is the quarter of an hour around its moment', () => {
  expect(spanFor('last', 0, 60 * MINUTE, 30 * MINUTE)).toEqual({ from: 22.5 * MINUTE, to: 37.5 * MINUTE });
  expect(spanFor('last', 0, 60 * MINUTE, 0)).toEqual({ from: 0, to: QUARTER });
  expect(spanFor('last', 0, 60 * MINUTE, 60 * MINUTE)).toEqual({ from: 45 * MINUTE, to: 60 * MINUTE });
});
