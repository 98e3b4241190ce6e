import { roundUp } from '~/lib/metrics/curve';

/** Room over the limit's line. */
const HEADROOM = 1.12;

/** The value at a chart's top: the limit has its line in sight, so that near and far from it look so; without one, a round number over the peak. */
export function scaleFor(peak: number | null, limit: number | undefined, least: number): number {
  if (limit !== undefined) return Math.max(limit, peak ?? 0) * HEADROOM;
  return roundUp(Math.max(peak ?? 0, least));
}
