import type { Proof } from '~/lib/transcript/sessionState';
import { Moment } from '../Moment';
import css from './ProofChecks.module.css';

/** The evidence that the database is a replica which cannot be written to. */
export function ProofChecks({ proof }: { proof: Proof }) {
  return (
    <div className={css.proof}>
      <p>
        {proof.passed ? 'Proven read-only' : 'Not proven read-only'} at <Moment at={proof.at} seconds />{' '}
        {proof.connection === 0 ? 'before the prompt.' : `on connection ${proof.connection}.`}
      </p>
      <ul>
        {proof.checks.map((check) => (
          <li key={check.name}>
            <span className={css.sign} data-state={stateOf(check)} role="img" aria-label={stateOf(check)}>
              {SIGNS[stateOf(check)]}
            </span>
            <span>
              <span className={css.name}>{check.name}</span>
              {check.waived && <span className={css.waived}> waived by the policy</span>}
              <span className={css.evidence}>{check.evidence}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

type CheckState = 'passed' | 'waived' | 'failed';

const SIGNS: Record<CheckState, string> = { passed: '✓', waived: '⚑', failed: '✕' };

function stateOf(check: Proof['checks'][number]): CheckState {
  if (check.passed) return 'passed';
  return check.waived ? 'waived' : 'failed';
}
