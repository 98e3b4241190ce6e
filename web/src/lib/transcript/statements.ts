import type { StatementBound, StatementCompleted, StatementJudged, StatementSubmitted } from '~/types/generated/transcript';

/** One run of a statement: 0 for a simple query, from 1 for a prepared one. */
export interface Execution {
  execution: number;
  at: string;
  parameters?: (string | null)[];
  /** Absent while it runs. */
  outcome?: { at: string; rows: number; bytes: number; milliseconds: number; sqlState?: string; message?: string };
}

export interface Statement {
  number: number;
  at: string;
  connection: number;
  protocol: string;
  sql: string;
  verdict: 'judging' | 'approved' | 'flagged' | 'denied';
  rule?: string;
  reason?: string;
  hint?: string;
  position?: number;
  forwarded?: string;
  revision?: string;
  executions: Execution[];
}

export type StatementEvent = StatementSubmitted | StatementJudged | StatementBound | StatementCompleted;

/** The run that a row shows: the last. */
export function lastExecution(statement: Statement): Execution | undefined {
  return statement.executions.at(-1);
}

/** Approved, but the server answered with an error in its last run. */
export function hasFailed(statement: Statement): boolean {
  return statement.verdict !== 'denied' && lastExecution(statement)?.outcome?.sqlState !== undefined;
}

/** The list with one more event told. Changes `list` itself, replaces the statement in it; statements are numbered without gaps. */
export function tell(list: Statement[], event: StatementEvent): void {
  if (event.type === 'statement.submitted') {
    list.push({
      number: event.statement,
      at: event.at,
      connection: event.connection,
      protocol: event.protocol,
      sql: event.sql,
      verdict: 'judging',
      executions: [],
    });
    return;
  }
  const index = indexOf(list, event.statement);
  const statement = list[index];
  if (statement) list[index] = changed(statement, event);
}

function changed(statement: Statement, event: Exclude<StatementEvent, StatementSubmitted>): Statement {
  switch (event.type) {
    case 'statement.judged':
      return judged(statement, event);
    case 'statement.bound':
      return {
        ...statement,
        executions: [...statement.executions, { execution: event.execution, at: event.at, parameters: event.parameters }],
      };
    case 'statement.completed':
      return completed(statement, event);
  }
}

function judged(statement: Statement, event: StatementJudged): Statement {
  return {
    ...statement,
    verdict: event.verdict === 'denied' || event.verdict === 'flagged' ? event.verdict : 'approved',
    rule: event.rule,
    reason: event.reason,
    revision: event.policyRevision,
    ...(event.hint === undefined ? {} : { hint: event.hint }),
    ...(event.position === undefined ? {} : { position: event.position }),
    ...(event.forwarded === undefined ? {} : { forwarded: event.forwarded }),
  };
}

function completed(statement: Statement, event: StatementCompleted): Statement {
  const { at, rows, bytes, milliseconds, sqlState, message } = event;
  const outcome = {
    at, rows, bytes, milliseconds,
    ...(sqlState === undefined ? {} : { sqlState }),
    ...(message === undefined ? {} : { message }),
  };
  const running = statement.executions.findLastIndex(({ execution, outcome: past }) => execution === event.execution && !past);
  const executions = [...statement.executions];
  const before = executions[running];
  if (before) executions[running] = { ...before, outcome };
  else executions.push({ execution: event.execution, at: statement.at, outcome });
  return { ...statement, executions };
}

function indexOf(list: Statement[], number: number): number {
  const guess = number - 1;
  return list[guess]?.number === number ? guess : list.findLastIndex((statement) => statement.number === number);
}
