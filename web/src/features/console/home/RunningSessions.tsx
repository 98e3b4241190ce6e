import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { TimeLeft } from '~/components/TimeLeft';
import type { Session } from '~/types/api';
import css from './Sessions.module.css';

/** My sessions that are still there, with the time left and the way back in. */
export function RunningSessions({ sessions }: { sessions: Session[] }) {
  const running = sessions.filter((session) => session.state !== 'ended');
  if (running.length === 0) return null;
  return (
    <section aria-label="Running sessions" className={css.running}>
      <h2 className={css.heading}>Running</h2>
      <ul className={css.list}>
        {running.map((session) => (
          <li key={session.id} className={css.row}>
            <span className={css.live}>
              <span className={css.dot} aria-hidden />
              {session.state === 'starting' ? 'starting' : 'live'}
            </span>
            <span className={css.what}>
              <strong>{session.title}</strong> <span className="dim">{session.reason}</span>
            </span>
            {session.endsAt ? <TimeLeft until={session.endsAt} /> : <span />}
            <Button component={Link} to={`/sessions/${session.id}`} aria-label={`Resume ${session.title}`}>
              Resume
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
