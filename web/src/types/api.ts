/** Bodies of the gateway's HTTP API, as its OpenAPI document describes them. */
export type Role = 'developer' | 'reviewer' | 'sre';

export interface Me {
  name: string;
  subject: string;
  roles: Role[];
  permissions: string[];
  demo: boolean;
}

export interface SignInInfo {
  demo: boolean;
  title: string;
  accounts: { name: string; role: string }[];
}

export interface PolicyProblem {
  file: string;
  line: number;
  column: number;
  message: string;
}

/** Why the newest policy files are not in force. Problems are there for an SRE only. */
export interface PolicyFailure {
  at?: string;
  problems?: PolicyProblem[];
}

export interface Health {
  status: 'healthy' | 'degraded' | 'unhealthy';
  policy: { revision: string; loadedAt?: string; failure?: PolicyFailure | null; newestInForce?: boolean };
  sessions?: number;
  uptimeSeconds?: number;
}

export interface TargetOption {
  name: string;
  title: string;
  description: string;
}

export interface Limits {
  statementTimeoutSeconds: number;
  rowsPerStatement: number;
  bytesPerStatement: number;
  sessionSeconds: number;
  idleSeconds: number;
  /** How many the runner may keep busy. */
  processors: number;
  /** In bytes. */
  memory: number;
}

export interface Target {
  name: string;
  title: string;
  application: string;
  environment: string;
  owner: string;
  description: string;
  repl: string;
  launcher: string;
  engine: string;
  /** `host:port/name` */
  database: string;
  options: TargetOption[];
  limits: Limits;
  reasonRequired: boolean;
  reasonPattern: string | null;
  reasonExample: string | null;
  allowed: boolean;
  whyNot: string | null;
}

export type SessionPhase = 'starting' | 'running' | 'ended';

export interface Session {
  id: string;
  target: string;
  title: string;
  option: string;
  reason: string | null;
  state: SessionPhase;
  startedAt: string;
  endsAt: string | null;
  endedAt: string | null;
  endReason: string | null;
  endSentence: string | null;
  statements: number;
  denied: number;
}

export interface OpenSession {
  target: string;
  option: string;
  reason: string;
  columns: number;
  rows: number;
}

export interface ReviewItem {
  id: string;
  user: string;
  target: string;
  reason: string | null;
  startedAt: string;
  endedAt: string | null;
  state: SessionPhase;
  endReason: string | null;
  endSentence: string | null;
  statements: number;
  denied: number;
  failed: number;
  rows: number;
  durationSeconds: number;
}

export interface ReviewPage {
  items: ReviewItem[];
  next: string | null;
}

export interface Verification {
  intact: boolean;
  sealed: boolean;
  events: number;
  head: string;
  sentence: string;
}

export interface ReviewDetail extends ReviewItem {
  policyRevision: string;
  verification: Verification;
}

export interface PolicyTarget {
  name: string;
  title: string;
  file: string;
  /** The policy file's YAML text. */
  source: string;
}

export interface Policies {
  revision: string;
  loadedAt: string;
  failure: PolicyFailure | null;
  targets: PolicyTarget[];
}

/** A living session as SREs see it. What its runner uses is null before the first measurement. */
export interface LiveSession {
  id: string;
  target: string;
  title: string;
  owner: string;
  state: SessionPhase;
  startedAt: string;
  endsAt: string;
  launcher: string;
  /** The engine's own id of the runner. */
  runner: string | null;
  processors: number | null;
  memory: number | null;
  memoryLimit: number;
  processorLimit: number;
  statements: number;
  denied: number;
  /** Somebody looks at it. */
  followed: boolean;
}

export interface WarmRunners {
  target: string;
  wanted: number;
  ready: number;
  booting: number;
  problem: string | null;
}

/** What a runner used in the second before `at`: busy processors, and memory in bytes. */
export interface RunnerUsage {
  at: string;
  processors: number;
  memory: number;
}

export interface Operations {
  launchers: string[];
  sessions: LiveSession[];
  warm: WarmRunners[];
}
