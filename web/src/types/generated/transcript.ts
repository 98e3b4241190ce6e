/* Mirrors gateway/SafeConsole.Transcripts/Events: one interface for each event record, camelCase as in the stored lines. */

/** Terminal bytes: `text` where they are whole UTF-8, else `base64`. Exactly one of the two is present. */
export interface TerminalBytes {
  text?: string;
  base64?: string;
}

export interface Person {
  issuer: string;
  subject: string;
  name: string;
}

export interface ReplicaCheck {
  name: string;
  passed: boolean;
  /** The check failed, but the policy says that it may. */
  waived: boolean;
  evidence: string;
}

export type SessionEndReason =
  | 'ReplExited'
  | 'EndedByOwner'
  | 'EndedByOperator'
  | 'IdleLimit'
  | 'SessionLimit'
  | 'RunnerLost'
  | 'LaunchFailed'
  | 'ProofFailed'
  | 'ReplicaUnsafe'
  | 'PolicyWithdrawn'
  | 'TranscriptFailed'
  | 'GatewayShutdown'
  | 'GatewayInterrupted';

/** What every line has beside its event: number from 1, UTC time, hash of the line before. */
export interface TranscriptLine {
  n: number;
  at: string;
  prev: string;
}

export interface SessionOpened extends TranscriptLine {
  type: 'session.opened';
  session: string;
  user: Person;
  target: string;
  option: string;
  reason: string | null;
  policyRevision: string;
  columns: number;
  rows: number;
}

export interface SessionNoticed extends TranscriptLine {
  type: 'session.noticed';
  code: string;
  sentence: string;
}

export interface SessionEnded extends TranscriptLine {
  type: 'session.ended';
  reason: SessionEndReason;
  sentence: string;
  exitCode: number | null;
}

/** A completed stage of the launch. In order: queued, starting, linking, proving, ready. */
export interface RunnerStageReached extends TranscriptLine {
  type: 'runner.stage';
  stage: string;
  seconds: number;
  detail: string | null;
}

/** Connection 0 is the proof made before the prompt. */
export interface ReplicaProven extends TranscriptLine {
  type: 'replica.proven';
  connection: number;
  passed: boolean;
  checks: ReplicaCheck[];
}

/** `hidden` counts the bytes that were typed while the terminal's echo was off; their text is not kept. */
export interface TerminalInput extends TranscriptLine {
  type: 'terminal.input';
  data?: TerminalBytes;
  hidden?: number;
}

export interface TerminalOutput extends TranscriptLine {
  type: 'terminal.output';
  data: TerminalBytes;
}

export interface TerminalResized extends TranscriptLine {
  type: 'terminal.resized';
  columns: number;
  rows: number;
}

export interface DatabaseConnected extends TranscriptLine {
  type: 'database.connected';
  connection: number;
  application: string;
}

export interface DatabaseDisconnected extends TranscriptLine {
  type: 'database.disconnected';
  connection: number;
  end: string;
  bytes: number;
}

export interface StatementSubmitted extends TranscriptLine {
  type: 'statement.submitted';
  statement: number;
  connection: number;
  protocol: string;
  sql: string;
}

/** `verdict` is `approved`, `flagged` or `denied`; `position` counts characters from 1. */
export interface StatementJudged extends TranscriptLine {
  type: 'statement.judged';
  statement: number;
  verdict: string;
  rule: string;
  reason: string;
  policyRevision: string;
  hint?: string;
  position?: number;
  forwarded?: string;
}

export interface StatementBound extends TranscriptLine {
  type: 'statement.bound';
  statement: number;
  execution: number;
  parameters: (string | null)[];
}

/** Execution is 0 for a simple query and counts from 1 for a prepared one. */
export interface StatementCompleted extends TranscriptLine {
  type: 'statement.completed';
  statement: number;
  execution: number;
  rows: number;
  bytes: number;
  milliseconds: number;
  sqlState?: string;
  message?: string;
}

export interface ViewerJoined extends TranscriptLine {
  type: 'viewer.joined';
  viewer: Person;
}

export interface ViewerLeft extends TranscriptLine {
  type: 'viewer.left';
  viewer: Person;
}

export type TranscriptEvent =
  | SessionOpened
  | SessionNoticed
  | SessionEnded
  | RunnerStageReached
  | ReplicaProven
  | TerminalInput
  | TerminalOutput
  | TerminalResized
  | DatabaseConnected
  | DatabaseDisconnected
  | StatementSubmitted
  | StatementJudged
  | StatementBound
  | StatementCompleted
  | ViewerJoined
  | ViewerLeft;
