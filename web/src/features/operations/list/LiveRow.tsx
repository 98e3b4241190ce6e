import { Link } from 'react-router';
import { Moment } from '~/components/Moment';
import { TimeLeft } from '~/components/TimeLeft';
import { bytes, count } from '~/lib/format';
import type { LiveSession } from '~/types/api';
import { EndSession } from '../EndSession';
import { Level } from '../Level';
import css from './LiveTable.module.css';

/** Whose session, where it runs, what it uses, and whether anybody looks at it. */
export function LiveRow({ session }: { session: LiveSession }) {
  const { id, title, owner, launcher, runner, processors, memory, processorLimit, memoryLimit, denied } = session;
  return (
    <tr className={css.row}>
      <td className={css.target}>
        <Link to={`/operations/sessions/${id}`}>{title}</Link>
        {session.state !== 'running' && <span className={css.state}>{session.state === 'ended' ? 'ending' : 'starting'}</span>}
      </td>
      <td className={css.owner}>{owner}</td>
      <td data-label="Started"><Moment at={session.startedAt} /></td>
      <td><TimeLeft until={session.endsAt} /></td>
      <td className={css.runner} title={runner ?? undefined}>
        {launcher} <span className="mono">{runner ?? <span className="dim">not yet</span>}</span>
      </td>
      <td className="number" data-label="CPU"><Level value={processors} limit={processorLimit} words={(value) => value.toFixed(2)} /></td>
      <td className="number" data-label="Memory"><Level value={memory} limit={memoryLimit} words={bytes} /></td>
      <td className="number" data-label="Statements">{count(session.statements)}</td>
      <td className="number" data-label="Denied">{denied > 0 ? <span className={css.denied}>✕ {count(denied)}</span> : <span className="dim">0</span>}</td>
      <td className={css.attached} data-followed={session.followed}>{session.followed ? 'attached' : 'nobody attached'}</td>
      <td className={css.end}><EndSession session={session} /></td>
    </tr>
  );
}
