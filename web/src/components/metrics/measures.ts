import { bytes, clock } from '~/lib/format';
import { peakOf, type Span } from '~/lib/metrics/samples';

/** How a measure is called and how its values are written. */
export interface Measure {
  name: string;
  title: string;
  /** A chart without a limit goes at least this far up. */
  least: number;
  words: (value: number) => string;
  /** Where there is little room. */
  short: (value: number) => string;
  /** Within a sentence. */
  spoken: (value: number) => string;
}

const figures = (value: number) => (value >= 9.995 ? value.toFixed(1) : value.toFixed(2));

export const PROCESSORS: Measure = {
  name: 'processors',
  title: 'CPU',
  least: 0.1,
  words: (value) => `${figures(value)} busy`,
  short: (value) => figures(value).replace(/\.?0+$/, ''),
  spoken: (value) => `${figures(value)} busy processors`,
};

export const MEMORY: Measure = { name: 'memory', title: 'Memory', least: 10_000_000, words: bytes, short: bytes, spoken: bytes };

/** A chart in a sentence, for whoever does not see it. */
export function describe({ title, spoken }: Measure, columns: readonly (number | null)[], span: Span, limit: number | undefined): string {
  const time = (at: number) => clock(new Date(at).toISOString());
  const when = `${title} from ${time(span.from)} to ${time(span.to)}`;
  const peak = peakOf(columns);
  const last = columns.findLast((value) => value !== null) ?? null;
  if (peak === null || last === null) return `${when}: not measured.`;
  const allowed = limit === undefined ? '' : ` The policy allows ${spoken(limit)}.`;
  return `${when}: ${spoken(peak)} at most, ${spoken(last)} at the end.${allowed}`;
}
