/* Printed from gateway/SafeConsole.Transcripts/Events by `UPDATE_TYPES=1 dotnet test tests/SafeConsole.Transcripts.Tests`. Not for editing. */

/** What every line has beside its event: number from 1, UTC time, hash of the line before. */
export interface TranscriptLine {
  n: number;
  at: string;
  prev: string;
}

export interface Person {
  issuer: string;
  subject: string;
  name: string;
}

export type SessionEndReason =
  | 'ReplExited'
  | 'EndedByOwner'
  | 'EndedByOperator'
  | 'IdleLimit'
  | 'SessionLimit'
  | 'RunnerLost'
  | 'Runaway'
  | 'LaunchFailed'
  | 'ProofFailed'
  | 'ReplicaUnsafe'
  | 'PolicyWithdrawn'
  | 'TranscriptFailed'
  | 'TranscriptLimit'
  | 'GatewayShutdown'
  | 'GatewayInterrupted';

export interface ReplicaCheck {
  name: string;
  passed: boolean;
  waived: boolean;
  evidence: string;
}

export interface TerminalBytes {
  text?: string;
  base64?: string;
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

export interface RunnerStageReached extends TranscriptLine {
  type: 'runner.stage';
  stage: string;
  seconds: number;
  detail: string | null;
}

export interface RunnerMeasured extends TranscriptLine {
  type: 'runner.measured';
  processors: number;
  memory: number;
}

export interface ReplicaProven extends TranscriptLine {
  type: 'replica.proven';
  connection: number;
  passed: boolean;
  checks: ReplicaCheck[];
}

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
  | RunnerMeasured
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
