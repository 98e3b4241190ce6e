import { useRef } from 'react';
import { useShortcut } from '~/lib/useShortcut';
import type { ReviewItem } from '~/types/api';
import css from './SessionTable.module.css';
import { SessionTableRow } from './SessionTableRow';

/** The sessions. `j` and `k` walk through them, Enter opens. */
export function SessionTable({ items }: { items: ReviewItem[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const walk = (by: number) => {
    const links = [...(body.current?.querySelectorAll<HTMLElement>('a[data-session]') ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by));
    links[next]?.focus();
  };
  useShortcut('j', () => walk(1));
  useShortcut('k', () => walk(-1));
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">Session</th>
          <th scope="col">Why</th>
          <th scope="col">When</th>
          <th scope="col" className="number">Length</th>
          <th scope="col" className="number">Statements</th>
          <th scope="col" className="number">Denied</th>
          <th scope="col" className="number">Rows</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {items.map((item) => <SessionTableRow key={item.id} item={item} />)}
      </tbody>
    </table>
  );
}
