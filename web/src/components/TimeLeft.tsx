import { countdown } from '~/lib/format';
import { useNow } from '~/lib/useNow';
import css from './TimeLeft.module.css';

const SOON_SECONDS = 300;

/** Runs down to the end of a session; amber, and says so, in the last five minutes. */
export function TimeLeft({ until }: { until: string }) {
  const seconds = (Date.parse(until) - useNow()) / 1000;
  const soon = seconds <= SOON_SECONDS;
  return (
    <span className={css.left} data-soon={soon} title="Time left until the session's limit">
      {soon && <span aria-hidden>◔ </span>}
      {countdown(seconds)} left
    </span>
  );
}
