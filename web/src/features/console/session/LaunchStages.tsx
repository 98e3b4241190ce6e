import type { SessionState } from '~/lib/transcript/sessionState';
import { duration } from '~/lib/format';
import { useNow } from '~/lib/useNow';
import css from './LaunchStages.module.css';

const STAGES: [string, string][] = [
  ['queued', 'Waiting for a place'],
  ['starting', 'Starting the runner'],
  ['linking', 'Linking it to the gateway'],
  ['proving', 'Proving that the replica is read-only'],
  ['ready', 'Starting the REPL'],
];

/** The launch as a vertical line: each stage with its seconds, the one under way breathing. The terminal takes its place. */
export function LaunchStages({ state }: { state: SessionState }) {
  const done = new Map(state.stages.map((stage) => [stage.stage, stage]));
  const underWay = STAGES.findIndex(([name]) => !done.has(name));
  const now = state.ended ? 'failed' : 'now';
  return (
    <div className={css.launch} role="status" aria-label="Launch">
      <ol>
        {STAGES.map(([name, words], index) => {
          const stage = done.get(name);
          return (
            <li key={name} data-state={stage ? 'done' : index === underWay ? now : 'later'}>
              <span className={css.point} aria-hidden>{stage ? '✓' : index === underWay && state.ended ? '✕' : ''}</span>
              <span>
                {words}
                {stage?.detail && <span className={css.detail}>{stage.detail}</span>}
              </span>
              <span className={css.seconds}>
                {stage && `${stage.seconds.toFixed(2)} s`}
                {index === underWay && !state.ended && <Elapsed state={state} />}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** Seconds since the stage before, for whoever wonders where they go. */
function Elapsed({ state }: { state: SessionState }) {
  const now = useNow();
  if (!state.opened) return null;
  const before = state.stages.reduce((sum, stage) => sum + stage.seconds, 0);
  const seconds = Math.floor((now - Date.parse(state.opened.at)) / 1000 - before);
  return seconds > 0 ? <>{duration(seconds)}</> : null;
}
