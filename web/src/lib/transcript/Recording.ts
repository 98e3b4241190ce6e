import type { TranscriptEvent } from '~/types/generated/transcript';
import { NO_SESSION, tellSession, type SessionState } from './sessionState';
import { hasFailed, type Statement } from './statements';
import { toBytes } from './terminalBytes';

/** What happened on the screen; `at` in milliseconds since the session was opened. */
export type Frame = { at: number; kind: 'output'; bytes: Uint8Array } | { at: number; kind: 'resize'; columns: number; rows: number };

/** A place to look at first. */
export interface TimelineMark {
  at: number;
  kind: 'denied' | 'failed' | 'flagged';
  statement: number;
}

/** A transcript as the player needs it. */
export interface Recording {
  /** Milliseconds since 1970 of the first event. */
  start: number;
  /** Milliseconds from the first event to the last. */
  length: number;
  frames: Frame[];
  /** Moments of typing. */
  inputs: number[];
  statements: { at: number; statement: Statement }[];
  marks: TimelineMark[];
  state: SessionState;
}

export function recordingOf(events: readonly TranscriptEvent[]): Recording {
  const start = Date.parse(events[0]?.at ?? '') || 0;
  const since = (iso: string) => Math.max(0, Date.parse(iso) - start);
  const state = tellSession(NO_SESSION, events);
  const frames: Frame[] = [];
  const inputs: number[] = [];
  for (const event of events) {
    if (event.type === 'terminal.output') frames.push({ at: since(event.at), kind: 'output', bytes: toBytes(event.data) });
    else if (event.type === 'terminal.resized' || event.type === 'session.opened')
      frames.push({ at: since(event.at), kind: 'resize', columns: event.columns, rows: event.rows });
    else if (event.type === 'terminal.input') inputs.push(since(event.at));
  }
  const statements = state.statements.map((statement) => ({ at: since(statement.at), statement }));
  return {
    start,
    length: since(events.at(-1)?.at ?? ''),
    frames,
    inputs,
    statements,
    marks: statements.flatMap(({ at, statement }) => markFor(at, statement)),
    state,
  };
}

/** Bytes shown and keys typed in each of so many equal pieces of time, from 0 to 1; small activity is kept visible. */
export function activity(recording: Recording, pieces: number): number[] {
  const sums = new Array<number>(pieces).fill(0);
  const add = (at: number, amount: number) => {
    const piece = Math.min(pieces - 1, Math.floor((at / Math.max(1, recording.length)) * pieces));
    sums[piece] = (sums[piece] ?? 0) + amount;
  };
  for (const frame of recording.frames) if (frame.kind === 'output') add(frame.at, frame.bytes.length);
  for (const at of recording.inputs) add(at, 1);
  const most = Math.log1p(Math.max(...sums));
  return sums.map((sum) => (most === 0 ? 0 : Math.log1p(sum) / most));
}

function markFor(at: number, statement: Statement): TimelineMark[] {
  if (statement.verdict === 'denied' || statement.verdict === 'flagged') return [{ at, kind: statement.verdict, statement: statement.number }];
  return hasFailed(statement) ? [{ at, kind: 'failed', statement: statement.number }] : [];
}
