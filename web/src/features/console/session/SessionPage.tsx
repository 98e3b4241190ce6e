import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { Failure } from '~/components/Failure';
import { Notice } from '~/components/Notice';
import { Waiting } from '~/components/Waiting';
import { sessionQuery } from '~/lib/api/queries';
import { ApiError } from '~/lib/api/request';
import { SessionView } from './SessionView';

/** Finds the session of the address; what it is then comes from its transcript. */
export function SessionPage() {
  const { id = '' } = useParams();
  const session = useQuery(sessionQuery(id));
  if (session.isPending) return <div style={{ padding: '0 1rem' }}><Waiting rows={2} label="Loading the session" /></div>;
  // What is known stays on the page when asking again fails: the stream tells on its own whether the session is reachable.
  if (session.data) return <SessionView key={id} session={session.data} />;
  if (session.error instanceof ApiError && (session.error.status === 404 || session.error.status === 403)) {
    return (
      <Notice page title="There is no such session">
        No session of yours has the id <span className="mono">{id}</span>. <Link to="/">Go to your consoles</Link>.
      </Notice>
    );
  }
  return <Failure what="The session" error={session.error} retry={() => void session.refetch()} />;
}
