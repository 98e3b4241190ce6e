/** From `at`, in milliseconds since 1970, the value stands until the next sample; null where nothing is known. */
export interface Sample {
  at: number;
  value: number | null;
}

/** In the order of time. */
export type Samples = readonly Sample[];

/** A piece of time, in milliseconds since 1970. */
export interface Span {
  from: number;
  to: number;
}

/** The value that stands at a moment; null before the first and where nothing is known. */
export function valueAt(samples: Samples, at: number): number | null {
  return samples[lastUntil(samples, at)]?.value ?? null;
}

/** The largest value that stands in each of so many equal pieces of time, so that no peak is lost, however short; null where nothing stands. */
export function columnsOf(samples: Samples, span: Span, count: number): (number | null)[] {
  const width = (span.to - span.from) / count;
  const columns: (number | null)[] = [];
  let next = lastUntil(samples, span.from);
  for (let column = 0; column < count; column++) {
    const start = span.from + column * width;
    let largest: number | null = null;
    // The one that stands at the beginning, then those that come before the end.
    for (;;) {
      const [value, until] = [samples[next]?.value ?? null, samples[next + 1]?.at ?? Infinity];
      if (value !== null && until > start) largest = Math.max(largest ?? value, value);
      if (until >= start + width) break;
      next++;
    }
    columns.push(largest);
  }
  return columns;
}

/** The largest of the columns; null where there is none. */
export function peakOf(columns: readonly (number | null)[]): number | null {
  return columns.reduce<number | null>((peak, value) => (value === null ? peak : Math.max(peak ?? value, value)), null);
}

/** The index of the last sample at or before a moment; -1 before the first. */
function lastUntil(samples: Samples, at: number): number {
  let low = -1;
  let high = samples.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((samples[middle]?.at ?? Infinity) <= at) low = middle;
    else high = middle;
  }
  return low;
}
