import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Session, Target } from '~/types/api';
import { OpenDialog } from '../open/OpenDialog';
import css from './Bars.module.css';

interface Props {
  sentence: string;
  session: Session;
  target: Target | undefined;
  mayReview: boolean;
}

/** Why it ended, in a sentence, and what to do next. The last screen stays under it. */
export function EndedBar({ sentence, session, target, mayReview }: Props) {
  const [opening, setOpening] = useState(false);
  return (
    <div className={css.bar} data-tone="ended" role="status" data-testid="session-ended">
      <span aria-hidden>■</span>
      <span>{sentence}</span>
      <span className={css.actions}>
        {mayReview && (
          <Button component={Link} to={`/review/${session.id}`} variant="default">See transcript</Button>
        )}
        {target?.allowed && <Button onClick={() => setOpening(true)}>Open again</Button>}
      </span>
      {opening && target && (
        <OpenDialog wish={{ target, option: session.option, reason: session.reason ?? '' }} onClose={() => setOpening(false)} />
      )}
    </div>
  );
}
