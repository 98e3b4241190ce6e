import type { Proof } from '~/lib/transcript/sessionState';
import { Moment } from '../Moment';
import css from './ProofChecks.module.css';

/** The evidence that the database is a replica which cannot be written to. */
export function ProofChecks({ proof, connectionProof }: { proof: Proof; connectionProof: Proof | null }) {
  return (
    <div className={css.proof}>
      <p>
        {proof.passed ? 'Proven read-only' : 'Not proven read-only'} at <Moment at={proof.at} seconds />, before the prompt.
      </p>
      <Checks checks={proof.checks} />
      {connectionProof && (
        <p className={css.again}>
          {connectionProof.passed ? 'Proven again' : 'Not proven any more'} at <Moment at={connectionProof.at} seconds /> on connection{' '}
          {connectionProof.connection}.
        </p>
      )}
      {connectionProof && !connectionProof.passed && <Checks checks={connectionProof.checks} />}
    </div>
  );
}

function Checks({ checks }: { checks: Proof['checks'] }) {
  return (
    <ul>
      {checks.map((check) => (
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
  );
}

type CheckState = 'passed' | 'waived' | 'failed';

const SIGNS: Record<CheckState, string> = { passed: '✓', waived: '⚑', failed: '✕' };

function stateOf(check: Proof['checks'][number]): CheckState {
  if (check.passed) return 'passed';
  return check.waived ? 'waived' : 'failed';
}
