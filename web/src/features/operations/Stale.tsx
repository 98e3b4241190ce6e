import { clock } from '~/lib/format';
import css from './Stale.module.css';

/** What is shown is not of now, and why. */
export function Stale({ since, error }: { since: number; error: Error }) {
  return (
    <span className={css.stale} role="status">
      <span aria-hidden>◌ </span>As of {clock(new Date(since).toISOString())}. {error.message}
    </span>
  );
}
