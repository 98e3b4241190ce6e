import type { SessionState } from '~/lib/transcript/sessionState';
import { duration } from '~/lib/format';
import { useNow } from '~/lib/useNow';
import { launchRows } from './launchRows';
import css from './LaunchStages.module.css';

interface Props {
  state: SessionState;
  /** The target's, where it is known. */
  launcher: string | undefined;
}

const SIGNS = { done: '✓', failed: '✕', now: '', later: '' };

/** The launch as a vertical line: each stage with its seconds, the one under way breathing. The terminal takes its place. */
export function LaunchStages({ state, launcher }: Props) {
  return (
    <div className={css.launch} role="status" aria-label="Launch">
      <ol>
        {launchRows(state, launcher).map((row, index) => (
          // A launch that pulled an image may wait for a place twice.
          <li key={index} data-state={row.state}>
            <span className={css.point} aria-hidden>{SIGNS[row.state]}</span>
            <span className={css.what}>
              {row.words}
              {row.state === 'failed' && <span className={css.hidden}> failed</span>}
              <span className={css.detail} title={row.detail ?? undefined}>{row.detail}</span>
            </span>
            <span className={css.seconds}>
              {row.seconds !== null && `${row.seconds.toFixed(2)} s`}
              {row.state === 'now' && <Elapsed state={state} />}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Seconds since the stage before, for whoever wonders where they go. */
function Elapsed({ state: { opened, stages } }: { state: SessionState }) {
  const now = useNow();
  const since = stages.at(-1)?.at ?? opened?.at;
  const seconds = since === undefined ? 0 : Math.floor((now - Date.parse(since)) / 1000);
  return seconds > 0 ? <span aria-hidden>{duration(seconds)}</span> : null;
}
