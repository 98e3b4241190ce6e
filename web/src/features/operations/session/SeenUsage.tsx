import { Charts, type UsageLimits } from '~/components/metrics/Charts';
import { recentUsage } from '~/lib/metrics/recent';
import { spanFor } from '~/lib/metrics/spans';
import type { Measurement } from '~/lib/metrics/usage';
import css from './RunningPage.module.css';

interface Props {
  measurements: readonly Measurement[];
  limits: UsageLimits | undefined;
}

/** What the runner used in the last quarter of an hour; what was before is in the transcript. */
export function SeenUsage({ measurements, limits }: Props) {
  const first = measurements.at(0);
  const last = measurements.at(-1);
  if (!first || !last)
    return <p className={css.unseen}>What its runner uses of processors and memory stands here as soon as it is measured.</p>;
  return (
    <section className={css.charts} aria-label="Metrics">
      <Charts usage={recentUsage(measurements)} span={spanFor('last', first.at, last.at, undefined)} limits={limits} moment={last.at} />
    </section>
  );
}
