import { Button } from '@mantine/core';
import { useState } from 'react';
import { bytes, count, milliseconds } from '~/lib/format';
import type { Execution, Statement } from '~/lib/transcript/statements';
import { Moment } from '../Moment';
import { Sql } from './Sql';
import css from './StatementDetail.module.css';
import { VerdictMark } from './VerdictMark';

const RUNS_SHOWN = 5;

/** A statement in full: text, verdict with rule and reason, what to do instead, parameters, outcome. */
export function StatementDetail({ statement }: { statement: Statement }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(statement.sql).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  const runs = statement.executions.slice(-RUNS_SHOWN);
  return (
    <div className={css.detail}>
      {/* Scrollable, so the keyboard must be able to reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={css.text} tabIndex={0} aria-label="Statement in full">
        <Sql text={statement.sql} />
      </pre>
      {statement.forwarded !== undefined && (
        <pre className={css.text} aria-label="Text as it was sent on">
          <span className="dim">Sent on as: </span>
          <Sql text={statement.forwarded} />
        </pre>
      )}
      <dl className={css.facts}>
        <Fact name="Verdict"><VerdictMark statement={statement} worded /></Fact>
        {statement.rule && <Fact name="Rule"><span className="mono">{statement.rule}</span></Fact>}
        {statement.reason && statement.verdict !== 'approved' && <Fact name="Reason">{statement.reason}</Fact>}
        {statement.position !== undefined && <Fact name="Position">character {count(statement.position)}</Fact>}
        {statement.hint && <Fact name="Hint">{statement.hint}</Fact>}
        <Fact name="At"><Moment at={statement.at} seconds /> <span className="dim">connection {statement.connection}, {statement.protocol}</span></Fact>
        {statement.executions.length > RUNS_SHOWN && <Fact name="Runs">{count(statement.executions.length)}, the last {RUNS_SHOWN}:</Fact>}
        {runs.map((run, index) => <Run key={index} run={run} />)}
      </dl>
      <Button variant="default" size="compact-xs" onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>
    </div>
  );
}

function Run({ run }: { run: Execution }) {
  const { outcome, parameters } = run;
  return (
    <>
      {parameters && parameters.length > 0 && (
        <Fact name={run.execution > 1 ? `Parameters ${run.execution}` : 'Parameters'}>
          {parameters.map((value, index) => (
            <span key={index} className={css.parameter}>
              <span className="dim">${index + 1} </span>
              <span className="mono">{value ?? 'NULL'}</span>
            </span>
          ))}
        </Fact>
      )}
      {outcome && (
        <Fact name="Outcome">
          {outcome.sqlState === undefined
            ? `${count(outcome.rows)} rows, ${bytes(outcome.bytes)} in ${milliseconds(outcome.milliseconds)}`
            : <><span className="mono">{outcome.sqlState}</span> {outcome.message}</>}
        </Fact>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
