import { queryOptions } from '@tanstack/react-query';
import { LineDecoder } from '~/lib/transcript/LineDecoder';
import type { TranscriptEvent } from '~/types/generated/transcript';
import { send } from './request';

/** Where the stored lines are downloaded. */
export function transcriptAddress(id: string): string {
  return `/api/review/sessions/${encodeURIComponent(id)}/transcript`;
}

/** All events of a transcript so far, decoded while they arrive. */
export const transcriptQuery = (id: string) =>
  queryOptions({
    queryKey: ['review', 'transcript', id],
    queryFn: async ({ signal }): Promise<TranscriptEvent[]> => {
      const response = await send(transcriptAddress(id), { signal });
      if (!response.body) return [];
      const decoder = new LineDecoder();
      const events: TranscriptEvent[] = [];
      const reader = response.body.getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) events.push(...decoder.push(piece.value));
      return events;
    },
    staleTime: Infinity,
    gcTime: 60_000,
  });
