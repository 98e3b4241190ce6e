import { memo } from 'react';
import { count, milliseconds } from '~/lib/format';
import { firstLine } from '~/lib/sql';
import { lastExecution, type Statement } from '~/lib/transcript/statements';
import { Sql } from './Sql';
import css from './StatementList.module.css';
import { VerdictMark } from './VerdictMark';

interface Props {
  statement: Statement;
  open: boolean;
  onPress: (statement: Statement) => void;
}

/** Mark, first line, rows, time. */
export const StatementRow = memo(function StatementRow({ statement, open, onPress }: Props) {
  const outcome = lastExecution(statement)?.outcome;
  const runs = statement.executions.length;
  return (
    <button
      type="button"
      className={css.row}
      data-verdict={statement.verdict}
      data-statement={statement.number}
      aria-expanded={open}
      onClick={() => onPress(statement)}
    >
      <VerdictMark statement={statement} />
      <span className={css.sql}>
        <Sql text={firstLine(statement.sql)} />
      </span>
      {statement.verdict === 'denied' ? (
        <span className={css.denied}>denied</span>
      ) : (
        <>
          <span className={css.number}>{outcome && `${count(outcome.rows)} ${outcome.rows === 1 ? 'row' : 'rows'}`}</span>
          <span className={css.number}>{outcome && milliseconds(outcome.milliseconds)}{runs > 1 && ` ×${runs}`}</span>
        </>
      )}
    </button>
  );
});
