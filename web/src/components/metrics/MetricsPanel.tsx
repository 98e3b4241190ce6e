import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { spanFor, type Range } from '~/lib/metrics/spans';
import { usageOf, type Measurement } from '~/lib/metrics/usage';
import { useNow } from '~/lib/useNow';
import { Charts, type UsageLimits } from './Charts';
import css from './MetricsPanel.module.css';

interface Props {
  measurements: readonly Measurement[];
  /** Milliseconds since 1970; `end` is null while the session lives. */
  start: number;
  end: number | null;
  limits: UsageLimits | undefined;
  /** Where the player is; undefined where there is none. */
  moment?: number;
  onChoose?: (at: number) => void;
  firstRange?: Range;
}

const RANGES = [{ value: 'last', label: '15 min' }, { value: 'whole', label: 'Whole session' }];

/** What the runner used of processors and memory, second by second. */
export function MetricsPanel({ measurements, start, end, limits, moment, onChoose, firstRange = 'last' }: Props) {
  const [range, setRange] = useState<Range>(firstRange);
  const clock = useNow(end === null);
  // A reader's clock may be behind the gateway's.
  const latest = end ?? Math.max(clock, measurements.at(-1)?.at ?? start);
  const usage = useMemo(() => usageOf(measurements, latest + 1), [measurements, latest]);
  const span = spanFor(range, start, latest, moment);
  if (measurements.length === 0) {
    return (
      <p className={css.empty}>
        {end === null
          ? 'What the runner uses of processors and memory stands here, second by second, as soon as it is measured.'
          : 'Nothing was measured in this session: it ended before its runner’s first second, or its launcher cannot measure.'}
      </p>
    );
  }
  return (
    <div className={css.panel}>
      <SegmentedControl size="xs" aria-label="Time" data={RANGES} value={range} onChange={(value) => setRange(value === 'whole' ? 'whole' : 'last')} />
      <Charts
        usage={usage}
        span={span}
        limits={limits}
        moment={moment ?? (end === null ? latest : (measurements.at(-1)?.at ?? end))}
        marked={moment !== undefined}
        onChoose={onChoose}
      />
    </div>
  );
}
