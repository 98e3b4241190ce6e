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

/** A moment from which nothing is known, until the next measurement. */
export interface Unknown {
  at: number;
  processors: null;
  memory: null;
}

/** A measurement stands until the next; the last one until `end`. */
export function usageOf(measurements: readonly Measurement[], end: number): Usage {
  return curvesOf([...measurements, unknownFrom(end)]);
}

export function unknownFrom(at: number): Unknown {
  return { at, processors: null, memory: null };
}

/** As two curves. */
export function curvesOf(points: readonly (Measurement | Unknown)[]): Usage {
  return {
    processors: points.map(({ at, processors }) => ({ at, value: processors })),
    memory: points.map(({ at, memory }) => ({ at, value: memory })),
  };
}
