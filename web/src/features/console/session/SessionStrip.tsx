import { Button, Popover, UnstyledButton } from '@mantine/core';
import { ProofChecks } from '~/components/proof/ProofChecks';
import { TimeLeft } from '~/components/TimeLeft';
import type { SessionState } from '~/lib/transcript/sessionState';
import type { Session, Target } from '~/types/api';
import { EndButton } from './EndButton';
import css from './SessionStrip.module.css';

interface Props {
  session: Session;
  target: Target | undefined;
  state: SessionState;
  panelOpen: boolean;
  onTogglePanel: () => void;
}

/** One line over the terminal: what this is, whether it is safe, how long it lasts. */
export function SessionStrip({ session, target, state, panelOpen, onTogglePanel }: Props) {
  const over = state.ended !== null || session.state === 'ended';
  const denied = state.statements.filter(({ verdict }) => verdict === 'denied').length;
  return (
    <div className={css.strip} role="toolbar" aria-label="Session">
      <strong className={css.title}>{session.title}</strong>
      {target && <span className={`mono ${css.replica}`} title="The replica">{target.database}</span>}
      <ProofButton state={state} />
      <span className={css.recorded} data-over={over} title="Everything typed, shown and queried is in the transcript">
        <span className={css.dot} aria-hidden /> recorded
      </span>
      {state.viewers.length > 0 && <span className={css.watched}>watched by {state.viewers.join(', ')}</span>}
      <span className={css.right}>
        {over ? <span className="dim">ended</span> : session.endsAt && <TimeLeft until={session.endsAt} />}
        <Button variant="default" aria-pressed={panelOpen} onClick={onTogglePanel}>
          Statements {state.statements.length}
          {denied > 0 && <span className={css.denied}>&nbsp;✕ {denied}</span>}
        </Button>
        {!over && <EndButton session={session.id} title={session.title} />}
      </span>
    </div>
  );
}

/** Read-only as long as the newest proof says so. */
function ProofButton({ state: { proof, connectionProof, ended } }: { state: SessionState }) {
  if (!proof) return <span className={css.unproven}>{ended ? 'not proven' : 'not yet proven'}</span>;
  const { passed } = connectionProof ?? proof;
  return (
    <Popover position="bottom-start" width="min(420px, 100vw - 24px)" withinPortal trapFocus>
      <Popover.Target>
        <UnstyledButton className={css.proof} data-passed={passed} data-testid="pin-proof">
          {passed ? <Lock /> : <span aria-hidden>✕</span>} {passed ? 'read-only' : 'not read-only'}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Pin proof">
        <ProofChecks proof={proof} connectionProof={connectionProof} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Lock() {
  return (
    <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden>
      <rect x="1.5" y="5" width="9" height="6.2" rx="1.4" fill="currentColor" />
      <path d="M3.6 5V3.7a2.4 2.4 0 0 1 4.8 0V5" fill="none" stroke="currentColor" strokeWidth="1.4" />
    </svg>
  );
}
