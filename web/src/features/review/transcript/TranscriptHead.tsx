import { Button, Popover, UnstyledButton } from '@mantine/core';
import { Moment } from '~/components/Moment';
import { ProofChecks } from '~/components/proof/ProofChecks';
import { transcriptAddress } from '~/lib/api/transcript';
import { count, counted, duration } from '~/lib/format';
import type { Recording } from '~/lib/transcript/Recording';
import type { ReviewDetail } from '~/types/api';
import css from './TranscriptHead.module.css';

interface Props {
  detail: ReviewDetail;
  recording: Recording;
}

/** Who, why, where, under which policy, how it ended, and whether the record is whole. */
export function TranscriptHead({ detail, recording }: Props) {
  const { verification, denied, failed } = detail;
  const { proof } = recording.state;
  const running = detail.state !== 'ended';
  const sound = verification.intact && (verification.sealed || running);
  return (
    <header className={css.head}>
      <div className={css.line}>
        <h1>
          {detail.user} <span className="dim">on</span> {detail.target}
        </h1>
        <span className={css.reason}>{detail.reason ?? 'no reason given'}</span>
        <span className={css.actions}>
          <Button component="a" variant="default" href={transcriptAddress(detail.id)} download={`${detail.id}.ndjson`}>Download</Button>
        </span>
      </div>
      <ul className={css.facts}>
        <li><Moment at={detail.startedAt} />, {duration(detail.durationSeconds)}</li>
        <li>{counted(detail.statements, 'statement')}, {counted(detail.rows, 'row')}</li>
        {denied > 0 && <li className={css.denied}>✕ {count(denied)} denied</li>}
        {failed > 0 && <li className={css.failed}>! {count(failed)} failed</li>}
        <li>policy <span className="mono">{detail.policyRevision.slice(0, 7)}</span></li>
        {proof && (
          <li>
            <Popover position="bottom-start" width="min(420px, 100vw - 24px)" trapFocus>
              <Popover.Target>
                <UnstyledButton className={css.proof} data-passed={proof.passed}>
                  {proof.passed ? '✓ proven read-only' : '✕ not proven read-only'}
                </UnstyledButton>
              </Popover.Target>
              <Popover.Dropdown aria-label="Pin proof"><ProofChecks proof={proof} connectionProof={recording.state.connectionProof} /></Popover.Dropdown>
            </Popover>
          </li>
        )}
        <li className={css.seal} data-sound={sound}>
          <span aria-hidden>{sound ? '✓' : '✕'}</span> {verification.sentence}
        </li>
        <li>{running ? 'Still running.' : detail.endSentence}</li>
      </ul>
    </header>
  );
}
