import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { Failure } from '~/components/Failure';
import { Log } from '~/components/log/Log';
import { Waiting } from '~/components/Waiting';
import { operationsQuery, usageQuery, type OperationsView } from '~/lib/api/operations';
import { Stale } from '../Stale';
import css from './RunningPage.module.css';
import { RunningHead } from './RunningHead';
import { SeenUsage } from './SeenUsage';

/** One session as those see it who run SafeConsole: figures, curves and the runner's log. Nothing of its terminal. */
export function RunningPage() {
  const { id = '' } = useParams();
  const operations = useQuery(operationsQuery);
  if (operations.isPending) return <div className={css.page}><Waiting rows={4} label="Loading the session" /></div>;
  if (operations.isLoadingError) return <Failure what="The session" error={operations.error} retry={() => void operations.refetch()} />;
  return <Loaded key={id} id={id} operations={operations.data} failure={operations.error} />;
}

function Loaded({ id, operations, failure }: { id: string; operations: OperationsView; failure: Error | null }) {
  const { sessions, at } = operations;
  const usage = useQuery(usageQuery(id));
  const living = sessions.find((each) => each.id === id);
  const [seen, setSeen] = useState(living);
  if (living && living !== seen) setSeen(living);
  const session = living ?? seen;
  return (
    <div className={css.page}>
      <title>{session ? `${session.owner} on ${session.title} · SafeConsole` : 'Operations · SafeConsole'}</title>
      <p className={css.way}><Link to="/operations">Operations</Link></p>
      {session ? <RunningHead session={session} over={!living} /> : <Unknown id={id} />}
      {failure && <Stale since={at} error={failure} />}
      <SeenUsage
        measurements={usage.data?.measurements ?? []}
        limits={session && { processors: session.processorLimit, memory: session.memoryLimit }}
      />
      <section className={css.log} aria-label="Log">
        <h2>Log of its runner</h2>
        <div><Log session={id} starting={living?.state === 'starting'} /></div>
      </section>
    </div>
  );
}

function Unknown({ id }: { id: string }) {
  return (
    <header>
      <h1>This session is not live</h1>
      <p className="dim">
        No living session has the id <span className="mono">{id}</span>: it has ended, or there never was one. Its transcript is in Review; what is left of its
        runner’s log is below.
      </p>
    </header>
  );
}
