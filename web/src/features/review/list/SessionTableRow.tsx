import { Link } from 'react-router';
import { Moment } from '~/components/Moment';
import { count, duration } from '~/lib/format';
import type { ReviewItem } from '~/types/api';
import css from './SessionTable.module.css';

/** Who, where, why, when, how long, how much, and what was refused. */
export function SessionTableRow({ item }: { item: ReviewItem }) {
  const live = item.state !== 'ended';
  return (
    <tr className={css.row} data-denied={item.denied > 0}>
      <td className={css.session}>
        <Link to={`/review/${item.id}`} data-session={item.id}>
          {item.user} <span className={css.on}>on</span> {item.target}
        </Link>
      </td>
      <td className={css.reason}>{item.reason ?? <span className="dim">no reason</span>}</td>
      <td><Moment at={item.startedAt} /></td>
      <td className="number" data-label="Length">{duration(item.durationSeconds)}</td>
      <td className="number" data-label="Statements">
        {count(item.statements)}
        {item.failed > 0 && <span className={css.failed}> ! {count(item.failed)} failed</span>}
      </td>
      <td className="number" data-label="Denied">
        {item.denied > 0 ? <span className={css.denied}>✕ {count(item.denied)}</span> : <span className="dim">0</span>}
      </td>
      <td className="number" data-label="Rows">{count(item.rows)}</td>
      <td className={css.state} data-live={live} title={item.endSentence ?? undefined}>
        {live ? '● live' : 'ended'}
      </td>
    </tr>
  );
}
