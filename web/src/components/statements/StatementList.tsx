import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Statement } from '~/lib/transcript/statements';
import { StatementDetail } from './StatementDetail';
import css from './StatementList.module.css';
import { StatementRow } from './StatementRow';

interface Props {
  statements: Statement[];
  /** What would stand here and how it comes to. */
  empty: ReactNode;
  /** Stays at the newest as long as the reader does. */
  follow?: boolean;
  /** The statement that the player is at, by number. */
  current?: number | null;
  /** Pressing a row also does this, such as seeking. */
  onChoose?: (statement: Statement) => void;
}

const NEAR_END = 60;

/** Statements in order; only those in sight are in the page. A row opens to its detail. */
export function StatementList({ statements, empty, follow = false, current = null, onChoose }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [open, setOpen] = useState<number | null>(null);
  const isEmpty = statements.length === 0;
  const rows = useVirtualizer({
    count: statements.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 32,
    overscan: 12,
    getItemKey: (index) => statements[index]?.number ?? index,
  });

  useEffect(() => {
    if (follow && atEnd.current && statements.length > 0) rows.scrollToIndex(statements.length - 1, { align: 'end' });
  }, [follow, rows, statements.length]);
  useEffect(() => {
    const element = scroller.current;
    if (!follow || !element) return;
    const watching = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    watching.observe(element);
    return () => watching.disconnect();
  }, [follow, isEmpty]);
  useEffect(() => {
    const index = current === null ? -1 : statements.findIndex(({ number }) => number === current);
    if (index >= 0) rows.scrollToIndex(index, { align: 'auto' });
  }, [current, rows, statements]);

  if (isEmpty) return <div className={css.empty}>{empty}</div>;
  return (
    <div
      ref={scroller}
      className={css.list}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
    >
      <ol style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const statement = statements[row.index];
          if (!statement) return null;
          return (
            <li
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              data-current={statement.number === current}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <StatementRow
                statement={statement}
                open={open === statement.number}
                onPress={(pressed) => {
                  setOpen(open === pressed.number ? null : pressed.number);
                  onChoose?.(pressed);
                }}
              />
              {open === statement.number && <StatementDetail statement={statement} />}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
