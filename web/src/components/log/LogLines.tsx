import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { clock, utc } from '~/lib/format';
import type { RunnerLogLine } from '~/lib/stream/StreamConnection';
import css from './RunnerLog.module.css';

const NEAR_END = 40;

/** The lines; only those in sight are in the page. Stays at the newest until the reader scrolls up. */
export function LogLines({ lines }: { lines: RunnerLogLine[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const rows = useVirtualizer({ count: lines.length, getScrollElement: () => scroller.current, estimateSize: () => 20, overscan: 20 });
  const toEnd = () => {
    setAtEnd(true);
    rows.scrollToIndex(lines.length - 1, { align: 'end' });
  };
  useEffect(() => {
    if (atEnd) rows.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [atEnd, rows, lines]);
  return (
    <div className={css.box}>
      <div
        ref={scroller}
        className={css.lines}
        role="log"
        aria-live="off"
        aria-label="Runner’s log"
        // Scrollable, so the keyboard must be able to reach it.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => setAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_END)}
      >
        <div className={css.whole} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const line = lines[row.index];
            if (!line) return null;
            const at = new Date(line.time).toISOString();
            return (
              <div key={row.key} ref={rows.measureElement} data-index={row.index} className={css.line} style={{ transform: `translateY(${row.start}px)` }}>
                <time dateTime={at} title={utc(at)}>{clock(at)}</time> <span className={css.source} data-source={line.source}>{line.source}</span>{' '}
                <span className={css.text}>{line.text}</span>
              </div>
            );
          })}
        </div>
      </div>
      {!atEnd && <Button className={css.jump ?? ''} size="compact-xs" onClick={toEnd}>Jump to newest</Button>}
    </div>
  );
}
