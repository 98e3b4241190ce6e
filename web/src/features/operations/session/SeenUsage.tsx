import { Charts, type UsageLimits } from '~/components/metrics/Charts';
import { spanFor } from '~/lib/metrics/spans';
import type { Usage } from '~/lib/metrics/usage';
import css from './RunningPage.module.css';

interface Props {
  /** Undefined where nothing was seen yet. */
  usage: Usage | undefined;
  until: number;
  limits: UsageLimits | undefined;
}

/** What the runner used since somebody began to look; what was before is in the transcript. */
export function SeenUsage({ usage, until, limits }: Props) {
  const known = usage?.memory.filter(({ value }) => value !== null);
  const first = known?.at(0);
  const last = known?.at(-1);
  if (!usage || !first || !last)
    return <p className={css.unseen}>What its runner uses of processors and memory stands here from now on, as soon as it is measured.</p>;
  const upToNow = { processors: bounded(usage.processors, until), memory: bounded(usage.memory, until) };
  return (
    <section className={css.charts} aria-label="Metrics">
      <Charts usage={upToNow} span={spanFor('last', first.at, until, undefined)} limits={limits} moment={last.at} />
    </section>
  );
}

function bounded(samples: Usage['memory'], until: number): Usage['memory'] {
  return [...samples, { at: until + 1, value: null }];
}
