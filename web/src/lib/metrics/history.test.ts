import { expect, test } from 'vitest';
import { remember, type History } from './history';
import { valueAt } from './samples';

const NONE: History = new Map();
const seen = (processors: number | null) => [{ id: 's1', processors, memory: 1000 }];

test('Each look adds what was seen', () => {
  const history = remember(remember(NONE, seen(0.1), 0), seen(0.2), 2000);
  expect(history.get('s1')?.processors).toEqual([{ at: 0, value: 0.1 }, { at: 2000, value: 0.2 }]);
});

test('Nothing is told of the time in which nobody looked', () => {
  const history = remember(remember(NONE, seen(0.1), 0), seen(0.2), 60_000);
  const { processors } = history.get('s1') ?? { processors: [] };
  expect([1000, 3000, 59_000, 60_000].map((at) => valueAt(processors, at))).toEqual([0.1, null, null, 0.2]);
});

test('What is older than a quarter of an hour is forgotten', () => {
  let history = NONE;
  for (let at = 0; at < 3_600_000; at += 2000) history = remember(history, seen(0.1), at);
  expect(history.get('s1')?.memory.length).toBeLessThan(460);
});

test('A session that is gone keeps its curve for a while, which ends', () => {
  let history = remember(NONE, seen(0.1), 0);
  history = remember(history, [], 2000);
  history = remember(history, [], 4000);
  expect(history.get('s1')?.processors).toEqual([{ at: 0, value: 0.1 }, { at: 2000, value: null }]);
  expect(remember(history, [], 1_000_000).has('s1')).toBe(false);
});
