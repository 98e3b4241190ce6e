import type { Sample } from './samples';
import { QUARTER } from './spans';
import type { Measurement, Usage } from './usage';

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
export function curvesOf(measurements: readonly Measurement[]): Usage {
  const processors: Sample[] = [];
  const memory: Sample[] = [];
  measurements.forEach(({ at, ...measured }, index) => {
    const next = measurements[index + 1]?.at ?? Infinity;
    processors.push({ at, value: measured.processors });
    memory.push({ at, value: measured.memory });
    if (next - at <= UNKNOWN) return;
    processors.push({ at: at + STANDS, value: null });
    memory.push({ at: at + STANDS, value: null });
  });
  return { processors, memory };
}
