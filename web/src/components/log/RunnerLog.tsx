import { Button } from '@mantine/core';
import { useState } from 'react';
import { utc } from '~/lib/format';
import type { RunnerLogLine } from '~/lib/stream/StreamConnection';
import type { RunnerLogStatus } from '~/lib/stream/RunnerLogStream';
import { Notice } from '../Notice';
import { Waiting } from '../Waiting';
import { LogLines } from './LogLines';
import css from './RunnerLog.module.css';
import { useRunnerLog } from './useRunnerLog';

interface Props {
  session: string;
  /** The session is being opened: its log may come yet. */
  starting?: boolean;
}

/** What a runner's agent and engine say, live. Nothing of a terminal is in it. */
export function RunnerLog({ session, starting = false }: Props) {
  const { lines, status, retry } = useRunnerLog(session, starting);
  return (
    <div className={css.log}>
      <div className={css.head}>
        <State status={status} />
        <CopyButton lines={lines} />
      </div>
      {lines.length > 0 ? <LogLines lines={lines} /> : <Nothing status={status} starting={starting} retry={retry} />}
    </div>
  );
}

function State({ status }: { status: RunnerLogStatus }) {
  switch (status.kind) {
    case 'following':
      return <span className={css.live}><span aria-hidden>● </span>live</span>;
    case 'over':
      return <span className="dim"><span aria-hidden>■ </span>The runner is gone.</span>;
    case 'reconnecting':
      return (
        <span className={css.lost} role="status">
          <span aria-hidden>◌ </span>
          {status.signedOut ? 'Your sign-in has expired; sign in again in another tab.' : 'Connection lost, reconnecting.'}
        </span>
      );
    case 'connecting':
    case 'refused':
      return <span />;
  }
}

function Nothing({ status, starting, retry }: { status: RunnerLogStatus; starting: boolean; retry: () => void }) {
  if (status.kind === 'connecting') return <div className={css.room}><Waiting rows={3} label="Loading the log" /></div>;
  if (status.kind !== 'refused') {
    return (
      <p className={css.empty}>
        {status.kind === 'over' ? 'The runner said nothing.' : 'What the runner’s agent and its engine say stands here as soon as they say it. So far they said nothing.'}
      </p>
    );
  }
  if (starting) return <p className={css.empty} role="status">The runner is not there yet; its log begins with it.</p>;
  return (
    <Notice title="There is no log">
      <p>{status.sentence}</p>
      <p>A log is kept in the gateway’s memory for its last 300 sessions; the transcript is kept for good.</p>
      <Button mt="sm" variant="default" onClick={retry}>Try again</Button>
    </Notice>
  );
}

function CopyButton({ lines }: { lines: RunnerLogLine[] }) {
  const [said, setSaid] = useState<string | null>(null);
  const copy = () => {
    const text = lines.map(({ time, source, text: line }) => `${utc(new Date(time).toISOString())} ${source} ${line}\n`).join('');
    navigator.clipboard.writeText(text).then(
      () => setSaid('Copied'),
      () => setSaid('Not copied'),
    );
  };
  return (
    <Button variant="default" size="compact-xs" disabled={lines.length === 0} onClick={copy} onBlur={() => setSaid(null)}>
      {said ?? 'Copy all'}
    </Button>
  );
}
