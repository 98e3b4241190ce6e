import { QUARTER } from './spans';
import { curvesOf, unknownFrom, type Measurement, type Usage } from './usage';

/** What was measured of one runner, the oldest first. */
export interface Recent {
  measurements: readonly Measurement[];
  /** Nothing more will come: the session is over. */
  over: boolean;
}

/** Measurements that lie farther apart than this leave out what was in between: the runner could not be measured. In milliseconds. */
const UNKNOWN = 10_000;
/** A measurement stands for so long where no other follows. In milliseconds. */
const STANDS = 1_000;

/** With what was measured since. What is older than a quarter of an hour is forgotten. */
export function extended(before: readonly Measurement[], later: readonly Measurement[]): Measurement[] {
  const known = before.at(-1)?.at ?? -Infinity;
  const all = [...before, ...later.filter(({ at }) => at > known)];
  const last = all.at(-1)?.at ?? 0;
  return all.filter(({ at }) => at >= last - QUARTER - UNKNOWN);
}

/** As two curves; nothing stands where nothing was measured. */
export function recentUsage(measurements: readonly Measurement[]): Usage {
  return curvesOf(measurements.flatMap((measured, index) => {
    const next = measurements[index + 1]?.at ?? Infinity;
    return next - measured.at > UNKNOWN ? [measured, unknownFrom(measured.at + STANDS)] : [measured];
  }));
}
