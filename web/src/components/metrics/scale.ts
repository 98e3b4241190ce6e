import { roundUp } from '~/lib/metrics/curve';

/** Room over the limit's line. */
const HEADROOM = 1.12;
/** Below this part of the limit there would be nothing but a line at the base. */
const FAR = 0.2;

export interface Scale {
  /** The value at the chart's top. */
  highest: number;
  /** The limit has its line in the chart. */
  limited: boolean;
}

/** Up to the limit once a fifth of it is used, so that near it looks near; before that, and without one, up to a round number over the peak. */
export function scaleFor(peak: number | null, limit: number | undefined, least: number): Scale {
  const used = peak ?? 0;
  if (limit !== undefined && used >= limit * FAR) return { highest: Math.max(limit, used) * HEADROOM, limited: true };
  return { highest: roundUp(Math.max(used, least)), limited: false };
}
