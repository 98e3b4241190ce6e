import { Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { healthQuery } from '~/lib/api/queries';
import type { Health } from '~/types/api';
import css from './PolicyInForce.module.css';

/** The policy revision in force, with a dot for health. Says so when the newest files are not in force. */
export function PolicyInForce({ linked }: { linked: boolean }) {
  const { data, isError } = useQuery(healthQuery);
  if (!data && !isError) return null;
  // What was true a while ago is no health: without an answer there is none.
  const [state, sentence] = describe(isError ? undefined : data);
  const revision = isError ? undefined : data.policy.revision.slice(0, 7);
  const label = `${WORDS[state]} ${revision ?? ''}`.trim();
  const content = (
    <>
      <span className={css.dot} data-state={state} aria-hidden />
      <span className={css.words}>{WORDS[state]}</span>{' '}
      {revision && <span className={`mono ${css.revision}`}>{revision}</span>}
    </>
  );
  return (
    <Tooltip label={sentence} multiline maw={320}>
      {linked ? (
        <Link to="/policies" className={css.policy} aria-label={`${label}: ${sentence}`}>{content}</Link>
      ) : (
        <span className={css.policy} aria-label={`${label}: ${sentence}`} role="img">{content}</span>
      )}
    </Tooltip>
  );
}

type State = 'good' | 'behind' | 'bad' | 'away';

const WORDS: Record<State, string> = { good: 'policy', behind: 'newest not in force', bad: 'unhealthy', away: 'unreachable' };

function describe(health: Health | undefined): [State, string] {
  if (!health) return ['away', 'The gateway cannot be reached. Running sessions go on without this page.'];
  const { policy, status } = health;
  const revision = policy.revision.slice(0, 7);
  if (policy.failure || policy.newestInForce === false) {
    return ['behind', `The newest policy files have errors, so revision ${revision} stays in force.`];
  }
  if (status !== 'healthy') return ['bad', `The gateway reports that it is ${status}. Policy revision ${revision} is in force.`];
  return ['good', `Policy revision ${revision} is in force and the gateway is healthy.`];
}
