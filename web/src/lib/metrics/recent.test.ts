import { expect, test } from 'vitest';
import { extended, recentUsage } from './recent';
import { valueAt } from './samples';

const measured = (at: number, processors = 0.1) => ({ at, processors, memory: 1000 });

test('What comes later is added once', () => {
  const before = extended([], [measured(0), measured(1000)]);
  expect(extended(before, [measured(1000), measured(2000)]).map(({ at }) => at)).toEqual([0, 1000, 2000]);
});

test('What is older than a quarter of an hour is forgotten', () => {
  const hour = Array.from({ length: 3600 }, (_, second) => measured(second * 1000));
  const kept = extended([], hour);
  expect(kept.length).toBeLessThan(920);
  expect(kept.at(-1)).toEqual(hour.at(-1));
});

test('Nothing is told of the time in which nothing was measured', () => {
  const { processors } = recentUsage([measured(0, 0.1), measured(60_000, 0.2)]);
  expect([500, 3000, 59_000, 60_000, 61_000].map((at) => valueAt(processors, at))).toEqual([0.1, null, null, 0.2, null]);
});
