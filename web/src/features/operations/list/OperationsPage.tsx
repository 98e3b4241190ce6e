import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { Failure } from '~/components/Failure';
import { Notice } from '~/components/Notice';
import { Waiting } from '~/components/Waiting';
import { operationsQuery, type OperationsView } from '~/lib/api/operations';
import { counted } from '~/lib/format';
import { Stale } from '../Stale';
import { LiveTable } from './LiveTable';
import css from './OperationsPage.module.css';
import { orderOf, type Order } from './sorting';
import { WarmTable } from './WarmTable';

/** What runs now: living sessions with what they use, and the warm runners of each target. */
export function OperationsPage() {
  const operations = useQuery(operationsQuery);
  return (
    <div className={css.page}>
      <title>Operations · SafeConsole</title>
      {operations.isPending && <Waiting rows={6} label="Loading what runs" />}
      {operations.isLoadingError && <Failure what="What runs" error={operations.error} retry={() => void operations.refetch()} />}
      {operations.data && <Loaded operations={operations.data} failure={operations.error} />}
    </div>
  );
}

function Loaded({ operations, failure }: { operations: OperationsView; failure: Error | null }) {
  const [search, setSearch] = useSearchParams();
  const order = orderOf(search);
  const sort = ({ by, down }: Order) => setSearch(down ? { sort: by, down: '1' } : { sort: by }, { replace: true });
  const { sessions, warm, launchers } = operations;
  return (
    <>
      <header className={css.head}>
        <h1>Operations</h1>
        <span className="dim">
          {counted(sessions.length, 'live session')}; this gateway launches runners by {launchers.length > 0 ? launchers.join(', ') : 'nothing'}
        </span>
        {failure && <Stale since={operations.at} error={failure} />}
      </header>
      <section aria-label="Live sessions">
        <h2>Live sessions</h2>
        {sessions.length === 0 ? (
          <Notice title="No session is live">Each console session stands here from its opening to its end, with what its runner uses.</Notice>
        ) : (
          <LiveTable sessions={sessions} order={order} onOrder={sort} />
        )}
      </section>
      <section aria-label="Warm runners">
        <h2>Warm runners</h2>
        <WarmTable warm={warm} />
      </section>
    </>
  );
}
