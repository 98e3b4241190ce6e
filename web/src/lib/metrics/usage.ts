import type { Samples } from './samples';

/** What a runner used in the second before `at`, which is in milliseconds since 1970: busy processors, and memory in bytes. */
export interface Measurement {
  at: number;
  processors: number;
  memory: number;
}

/** The same as two curves. */
export interface Usage {
  processors: Samples;
  memory: Samples;
}

/** A measurement stands until the next; the last one until `end`. */
export function usageOf(measurements: readonly Measurement[], end: number): Usage {
  return {
    processors: [...measurements.map(({ at, processors }) => ({ at, value: processors })), { at: end, value: null }],
    memory: [...measurements.map(({ at, memory }) => ({ at, value: memory })), { at: end, value: null }],
  };
}
