import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { reviewDetailQuery } from '~/lib/api/queries';
import { transcriptQuery } from '~/lib/api/transcript';
import { connectLazily } from '~/lib/stream/connectLazily';
import { SessionStream } from '~/lib/stream/SessionStream';
import { useWake } from '~/lib/stream/useWake';
import type { TranscriptEvent } from '~/types/generated/transcript';

/** What is new is shown at most this often. In milliseconds. */
const PAUSE = 500;

/**
 * While a session runs, what its transcript gains is added to what was read of it. The reader then stands on its record as a viewer.
 * Says whether the connection is lost; another one is being made then.
 */
export function useFollowing(id: string, running: boolean): boolean {
  const [lost, setLost] = useState(false);
  const client = useQueryClient();
  const following = useRef<SessionStream | null>(null);
  useWake(() => void following.current?.nudge());
  useEffect(() => {
    if (!running) return;
    const { queryKey } = transcriptQuery(id);
    let news: TranscriptEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    const add = () => {
      timer = null;
      const added = news;
      news = [];
      client.setQueryData(queryKey, (known: TranscriptEvent[] = []) => [...known, ...added]);
      if (added.some(({ type }) => type === 'session.ended')) void client.invalidateQueries({ queryKey: reviewDetailQuery(id).queryKey });
    };
    const stream = new SessionStream(
      id,
      connectLazily,
      {
        events: (events) => {
          news.push(...events);
          timer ??= setTimeout(add, PAUSE);
          const last = events.at(-1);
          if (last) stream.rendered(last.n);
        },
        status: ({ kind }) => setLost(kind === 'reconnecting'),
        unsent: () => undefined,
      },
      { after: client.getQueryData<TranscriptEvent[]>(queryKey)?.at(-1)?.n ?? 0 },
    );
    following.current = stream;
    void stream.run();
    return () => {
      if (timer !== null) clearTimeout(timer);
      following.current = null;
      stream.dispose();
      if (news.length > 0) add();
    };
  }, [client, id, running]);
  return lost;
}
