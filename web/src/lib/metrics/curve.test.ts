import { expect, test } from 'vitest';
import { areaPath, linePath, roundUp } from './curve';

test('A line steps from value to value and stops at a gap', () => {
  expect(linePath([0, 5, null, 10], 10, 100)).toBe('M0 100V100H1V50H2M3 0V0H4');
});

test('The area below goes down to the base on both sides of a gap', () => {
  expect(areaPath([5, null, 10], 10, 100)).toBe('M0 100V50V50H1V100ZM2 100V0V0H3V100Z');
});

test('What is over the top is drawn at the top', () => {
  expect(linePath([20], 10, 100)).toBe('M0 0V0H1');
});

test('A scale ends at a round number', () => {
  expect([0, 0.03, 0.1, 1.2, 2.1, 7, 36_000_000].map(roundUp)).toEqual([1, 0.05, 0.1, 2, 5, 10, 50_000_000]);
});
