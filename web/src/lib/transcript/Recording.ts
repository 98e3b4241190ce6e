import type { TranscriptEvent } from '~/types/generated/transcript';
import { NO_SESSION, tellSession, type SessionState } from './sessionState';
import { hasFailed, lastExecution, type Statement } from './statements';
import { toBytes } from './terminalBytes';

/** What happened on the screen; `at` in milliseconds since the session was opened. */
export type Frame = { at: number; kind: 'output'; bytes: Uint8Array } | { at: number; kind: 'resize'; columns: number; rows: number };

/** A place to look at first. */
export interface TimelineMark {
  at: number;
  /** When its outcome stands on the screen. */
  seen: number;
  kind: 'denied' | 'failed' | 'flagged' | 'unhidden';
  /** What it is, in words. */
  title: string;
}

/** The gateway's notice that from here on what is typed without echo is recorded as text: more was typed so than passwords take. */
const UNHIDDEN = 'hidden-input-recorded';


/** A transcript as the player needs it. */
export interface Recording {
  /** Milliseconds since 1970 of the first event. */
  start: number;
  /** Milliseconds from the first event to the last. */
  length: number;
  frames: Frame[];
  /** Moments of typing. */
  inputs: number[];
  /** `at` is when it was sent, `seen` when its outcome stands on the screen: where a jump leads. */
  statements: { at: number; seen: number; statement: Statement }[];
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
  const sent = state.statements.map((statement) => since(statement.at));
  const statements = state.statements.map((statement, index) => {
    const at = sent[index] ?? 0;
    return { at, seen: outcomeSeen(frames, at, since(lastExecution(statement)?.outcome?.at ?? statement.at), sent[index + 1]), statement };
  });
  const unhidden = state.notices.filter(({ code }) => code === UNHIDDEN).map(({ at, sentence }): TimelineMark => ({ at: since(at), seen: since(at), kind: 'unhidden', title: sentence }));
  return {
    start,
    length: since(events.at(-1)?.at ?? ''),
    frames,
    inputs,
    statements,
    marks: [...statements.flatMap((each) => markFor(each)), ...unhidden].sort((one, other) => one.at - other.at),
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

/** A REPL prints an outcome within a blink of getting it; what comes later belongs to what is done next. */
const PRINTED = 300;

function outcomeSeen(frames: Frame[], at: number, done: number, next = Infinity): number {
  const latest = Math.min(done + PRINTED, next - 1);
  const printed = frames.findLast((frame) => frame.kind === 'output' && frame.at <= latest)?.at ?? at;
  return Math.max(at, printed);
}

function markFor({ at, seen, statement }: Recording['statements'][number]): TimelineMark[] {
  if (statement.verdict === 'denied' || statement.verdict === 'flagged') return [{ at, seen, kind: statement.verdict, title: statement.verdict }];
  return hasFailed(statement) ? [{ at, seen, kind: 'failed', title: 'failed' }] : [];
}
