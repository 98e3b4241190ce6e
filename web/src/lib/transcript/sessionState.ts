import type { ReplicaCheck, SessionEnded, SessionOpened, TranscriptEvent } from '~/types/generated/transcript';
import type { Measurement } from '~/lib/metrics/usage';
import { tell, type Statement } from './statements';

export interface Stage {
  at: string;
  stage: string;
  seconds: number;
  detail: string | null;
}

export interface Proof {
  at: string;
  connection: number;
  passed: boolean;
  checks: ReplicaCheck[];
}

/** All that the pages show of a session, told by its transcript alone. */
export interface SessionState {
  /** Number of the last event told. */
  last: number;
  opened: SessionOpened | null;
  stages: Stage[];
  /** The prompt was reached. */
  ready: boolean;
  /** The proof before the prompt, which has every check. */
  proof: Proof | null;
  /** The newest proof of one of the REPL's own connections. */
  connectionProof: Proof | null;
  statements: Statement[];
  /** What the runner used; each stands until the next. */
  measurements: Measurement[];
  notices: { at: string; code: string; sentence: string }[];
  /** Others who watch now. */
  viewers: string[];
  ended: SessionEnded | null;
}

export const NO_SESSION: SessionState = {
  last: 0,
  opened: null,
  stages: [],
  ready: false,
  proof: null,
  connectionProof: null,
  statements: [],
  measurements: [],
  notices: [],
  viewers: [],
  ended: null,
};

/** The state after a batch of events. Events that were told before (a resumed stream may overlap) are passed over. */
export function tellSession(state: SessionState, events: readonly TranscriptEvent[]): SessionState {
  const news = events.filter((event) => event.n > state.last);
  if (news.length === 0) return state;
  const next = { ...state };
  for (const event of news) {
    next.last = event.n;
    tellOne(next, state, event);
  }
  return next;
}

function tellOne(next: SessionState, before: SessionState, event: TranscriptEvent): void {
  switch (event.type) {
    case 'session.opened':
      next.opened = event;
      return;
    case 'session.noticed':
      next.notices = [...next.notices, { at: event.at, code: event.code, sentence: event.sentence }];
      return;
    case 'session.ended':
      next.ended = event;
      return;
    case 'runner.stage':
      next.stages = [...next.stages, { at: event.at, stage: event.stage, seconds: event.seconds, detail: event.detail }];
      next.ready ||= event.stage === 'ready';
      return;
    case 'runner.measured':
      // Copied once a batch, as the statements are.
      if (next.measurements === before.measurements) next.measurements = [...before.measurements];
      next.measurements.push({ at: Date.parse(event.at), processors: event.processors, memory: event.memory });
      return;
    case 'replica.proven':
      next[event.connection === 0 ? 'proof' : 'connectionProof'] = { at: event.at, connection: event.connection, passed: event.passed, checks: event.checks };
      return;
    case 'viewer.joined':
      next.viewers = [...next.viewers, event.viewer.name];
      return;
    case 'viewer.left':
      next.viewers = without(next.viewers, event.viewer.name);
      return;
    case 'statement.submitted':
    case 'statement.judged':
    case 'statement.bound':
    case 'statement.completed':
      // Copied once a batch: a page holds on to the list it was given.
      if (next.statements === before.statements) next.statements = [...before.statements];
      tell(next.statements, event);
      return;
    case 'terminal.output':
      // Output proves a prompt even where the launcher reports no last stage.
      next.ready = true;
      return;
    case 'terminal.input':
    case 'terminal.resized':
    case 'database.connected':
    case 'database.disconnected':
      return;
  }
}

function without(names: string[], name: string): string[] {
  const index = names.indexOf(name);
  return index < 0 ? names : names.toSpliced(index, 1);
}
