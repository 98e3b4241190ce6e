import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { Failure } from '~/components/Failure';
import { Notice } from '~/components/Notice';
import { Waiting } from '~/components/Waiting';
import { reviewDetailQuery } from '~/lib/api/queries';
import { ApiError } from '~/lib/api/request';
import { transcriptQuery } from '~/lib/api/transcript';
import { recordingOf } from '~/lib/transcript/Recording';
import { Replay } from './Replay';
import css from './TranscriptPage.module.css';
import { TranscriptHead } from './TranscriptHead';
import { useFollowing } from './useFollowing';

/** Everything that happened in one session: facts, player, statements, time line. */
export function TranscriptPage() {
  const { id = '' } = useParams();
  const detail = useQuery(reviewDetailQuery(id));
  const transcript = useQuery(transcriptQuery(id));
  const recording = useMemo(() => transcript.data && recordingOf(transcript.data), [transcript.data]);
  const running = detail.data !== undefined && detail.data.state !== 'ended';
  const lost = useFollowing(id, running && transcript.isSuccess);
  const failed = [detail, transcript].find(({ isLoadingError }) => isLoadingError);
  if (failed?.error instanceof ApiError && failed.error.status === 404)
    return (
      <Notice page title="There is no such transcript">
        No session has the id <span className="mono">{id}</span>. <Link to="/review">Go to the review list</Link>.
      </Notice>
    );
  if (failed?.error) return <Failure what="The transcript" error={failed.error} retry={() => void failed.refetch()} />;
  if (!detail.data || !recording) return <div className={css.page}><Waiting rows={6} label="Loading the transcript" /></div>;
  return (
    <div className={css.page}>
      <title>{`${detail.data.user} on ${detail.data.target} · SafeConsole`}</title>
      <TranscriptHead detail={detail.data} recording={recording} />
      {recording.frames.length === 0 ? (
        <Notice title="Nothing was recorded yet">The transcript has no screen so far: the session is being opened.</Notice>
      ) : (
        <Replay key={id} recording={recording} running={running} lost={lost} />
      )}
    </div>
  );
}
