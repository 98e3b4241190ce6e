import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { Moment } from '~/components/Moment';
import { plural } from '~/lib/format';
import type { Session, Target } from '~/types/api';
import css from './Sessions.module.css';

interface Props {
  sessions: Session[];
  targets: Target[];
  onOpenAgain: (target: string, option: string, reason: string | null) => void;
}

const SHOWN = 8;

/** My ended sessions, newest first, with how each ended. */
export function LastSessions({ sessions, targets, onOpenAgain }: Props) {
  const ended = sessions.filter((session) => session.state === 'ended').slice(0, SHOWN);
  if (ended.length === 0) return null;
  const mayOpen = (name: string) => targets.some((target) => target.name === name && target.allowed);
  return (
    <section aria-label="Last sessions">
      <h2 className={css.heading}>Last sessions</h2>
      <ul className={css.list}>
        {ended.map((session) => (
          <li key={session.id} className={css.row}>
            <Moment at={session.startedAt} />
            <span className={css.what}>
              <Link to={`/sessions/${session.id}`}>{session.title}</Link> <span className="dim">{session.reason}</span>
              <span className={css.ending}>{session.endSentence}</span>
            </span>
            <span className={css.counts}>
              {plural(session.statements, 'statement')}
              {session.denied > 0 && <span className={css.denied}>✕ {session.denied} denied</span>}
            </span>
            {mayOpen(session.target) ? (
              <Button
                variant="default"
                aria-label={`Open again: ${session.title}`}
                onClick={() => onOpenAgain(session.target, session.option, session.reason)}
              >
                Open again
              </Button>
            ) : (
              <span />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
