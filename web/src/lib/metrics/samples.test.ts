import { expect, test } from 'vitest';
import { columnsOf, peakOf, valueAt } from './samples';

const samples = [{ at: 10, value: 1 }, { at: 20, value: 5 }, { at: 21, value: 2 }, { at: 40, value: null }, { at: 50, value: 3 }];

test('A value stands until the next, and nothing stands before the first or in a gap', () => {
  expect([9, 10, 19.9, 20, 39, 40, 49, 50, 1000].map((at) => valueAt(samples, at))).toEqual([null, 1, 1, 5, 2, null, null, 3, 3]);
  expect(valueAt([], 5)).toBeNull();
});

test('A peak that is shorter than a column is kept', () => {
  expect(columnsOf(samples, { from: 0, to: 60 }, 6)).toEqual([null, 1, 5, 2, null, 3]);
  expect(columnsOf(samples, { from: 0, to: 60 }, 2)).toEqual([5, 3]);
});

test('A column that begins within a value shows it', () => {
  expect(columnsOf(samples, { from: 22, to: 30 }, 2)).toEqual([2, 2]);
  expect(columnsOf([], { from: 0, to: 10 }, 2)).toEqual([null, null]);
});

test('The peak passes over gaps', () => {
  expect(peakOf([null, 2, null, 7, 1])).toBe(7);
  expect(peakOf([null])).toBeNull();
});
