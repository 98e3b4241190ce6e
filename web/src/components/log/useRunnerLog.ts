import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { connectLazily } from '~/lib/stream/connectLazily';
import { RunnerLogStream, type RunnerLogStatus } from '~/lib/stream/RunnerLogStream';
import type { RunnerLogLine } from '~/lib/stream/StreamConnection';
import { useWake } from '~/lib/stream/useWake';

/** New lines are shown at most this often. In milliseconds. */
const PAUSE = 100;

export interface RunnerLogView {
  lines: RunnerLogLine[];
  status: RunnerLogStatus;
  /** Asks again after a refusal. */
  retry: () => void;
}

/** The log of a session's runner while it is looked at. `starting`: the log may come yet. */
export function useRunnerLog(session: string, starting: boolean): RunnerLogView {
  const [lines, setLines] = useState<RunnerLogLine[]>([]);
  const [status, setStatus] = useState<RunnerLogStatus>({ kind: 'connecting' });
  const [tries, setTries] = useState(0);
  const following = useRef<RunnerLogStream | null>(null);
  const awaited = useEffectEvent(() => starting);
  useWake(() => following.current?.hurry());
  useEffect(() => {
    let newest: RunnerLogLine[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    const show = () => {
      timer = null;
      setLines(newest);
    };
    const stream = new RunnerLogStream(
      session,
      connectLazily,
      {
        lines: (told) => {
          newest = told;
          timer ??= setTimeout(show, PAUSE);
        },
        status: setStatus,
      },
      () => awaited(),
    );
    following.current = stream;
    void stream.run();
    return () => {
      if (timer !== null) clearTimeout(timer);
      following.current = null;
      stream.dispose();
    };
  }, [session, tries]);
  return { lines, status, retry: () => setTries(tries + 1) };
}
