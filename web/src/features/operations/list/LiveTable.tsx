import { UnstyledButton } from '@mantine/core';
import type { LiveSession } from '~/types/api';
import css from './LiveTable.module.css';
import { LiveRow } from './LiveRow';
import { pressed, sorted, type Column, type Order } from './sorting';

interface Props {
  sessions: LiveSession[];
  order: Order;
  onOrder: (order: Order) => void;
}

const COLUMNS: { by: Column; title: string; number?: boolean }[] = [
  { by: 'target', title: 'Target' },
  { by: 'owner', title: 'Owner' },
  { by: 'started', title: 'Started' },
  { by: 'left', title: 'Time left' },
  { by: 'runner', title: 'Runner' },
  { by: 'processors', title: 'CPU', number: true },
  { by: 'memory', title: 'Memory', number: true },
  { by: 'statements', title: 'Statements', number: true },
  { by: 'denied', title: 'Denied', number: true },
  { by: 'attached', title: 'Attached' },
];

/** The living sessions. A press on a column's head sorts by it. */
export function LiveTable({ sessions, order, onOrder }: Props) {
  return (
    <table className={css.table}>
      <thead>
        <tr>
          {COLUMNS.map(({ by, title, number }) => (
            <th
              key={by}
              scope="col"
              className={number ? 'number' : undefined}
              aria-sort={order.by === by ? (order.down ? 'descending' : 'ascending') : undefined}
            >
              <UnstyledButton className={css.sort} onClick={() => onOrder(pressed(order, by))}>
                {title}
                <span className={css.arrow} aria-hidden>{order.by === by ? (order.down ? '↓' : '↑') : ''}</span>
              </UnstyledButton>
            </th>
          ))}
          <td />
        </tr>
      </thead>
      <tbody>
        {sorted(sessions, order).map((session) => <LiveRow key={session.id} session={session} />)}
      </tbody>
    </table>
  );
}
