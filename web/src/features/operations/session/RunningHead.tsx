import { Moment } from '~/components/Moment';
import { TimeLeft } from '~/components/TimeLeft';
import { count, counted } from '~/lib/format';
import type { LiveSession } from '~/types/api';
import { EndSession } from '../EndSession';
import css from './RunningPage.module.css';

/** Whose session, where, since when, how far it has come. */
export function RunningHead({ session, over }: { session: LiveSession; over: boolean }) {
  const { owner, title, target, launcher, runner, denied, followed, state } = session;
  return (
    <header className={css.head}>
      <h1>{owner} <span className="dim">on</span> {title}</h1>
      {!over && <EndSession session={session} />}
      {over && <p className={css.over} role="status">This session has ended; its transcript, with the reason, is in Review.</p>}
      <ul className={css.facts}>
        {!over && <li>{STATES[state]}</li>}
        <li>since <Moment at={session.startedAt} seconds />{!over && <>, <TimeLeft until={session.endsAt} /></>}</li>
        {!over && <li className={css.attached} data-followed={followed}>{followed ? 'attached' : 'nobody attached'}</li>}
        <li>policy <span className="mono">{target}</span></li>
        <li>{launcher} runner <span className={`mono ${css.id}`}>{runner ?? 'not yet'}</span></li>
        <li>{counted(session.statements, 'statement')}</li>
        <li className={denied > 0 ? css.denied : undefined}>{denied > 0 && '✕ '}{count(denied)} denied</li>
      </ul>
    </header>
  );
}

const STATES = { starting: 'starting', running: 'live', ended: 'ending' } as const;
