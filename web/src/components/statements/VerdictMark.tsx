import { hasFailed, lastExecution, type Statement } from '~/lib/transcript/statements';
import css from './VerdictMark.module.css';

const MARKS = {
  judging: { sign: '…', word: 'being judged' },
  approved: { sign: '✓', word: 'approved' },
  flagged: { sign: '⚑', word: 'flagged' },
  denied: { sign: '✕', word: 'denied' },
  failed: { sign: '!', word: 'failed' },
  running: { sign: '▸', word: 'running' },
} as const;

export type Mark = keyof typeof MARKS;

/** What a row says of a statement at a glance. */
export function markOf(statement: Statement): Mark {
  if (statement.verdict !== 'approved') return statement.verdict;
  if (hasFailed(statement)) return 'failed';
  const last = lastExecution(statement);
  if (statement.protocol === 'simple' && !last) return 'running';
  return last && !last.outcome ? 'running' : 'approved';
}

/** A shape and a colour; the word is there for those who see neither. Worded, it is the gate's verdict alone, whatever came of it. */
export function VerdictMark({ statement, worded = false }: { statement: Statement; worded?: boolean }) {
  const mark = worded ? statement.verdict : markOf(statement);
  const { sign, word } = MARKS[mark];
  return (
    <span className={css.mark} data-mark={mark} title={word}>
      <span aria-hidden>{sign}</span>
      {worded ? <span>{word}</span> : <span className={css.hidden}>{word}</span>}
    </span>
  );
}
