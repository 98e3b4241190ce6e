import { queryOptions } from '@tanstack/react-query';
import { extended, type Recent } from '~/lib/metrics/recent';
import type { Operations, RunnerUsage } from '~/types/api';
import { ApiError, read } from './request';

/** How often it is asked what runs, while the page is in sight. In milliseconds. */
const EVERY = 2_000;
/** How often a runner is measured. In milliseconds. */
const MEASURED_EVERY = 1_000;

export interface OperationsView extends Operations {
  /** When this was asked. Milliseconds since 1970. */
  at: number;
}

export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: async ({ signal }): Promise<OperationsView> => {
    const operations = await read<Operations>('/api/operations', signal);
    return { ...operations, at: Date.now() };
  },
  refetchInterval: EVERY,
  structuralSharing: false,
});

const NOTHING: Recent = { measurements: [], over: false };

/** What a living session's runner used in the last quarter of an hour; first all of it, then what is new. It stays when the session is over. */
export const usageQuery = (session: string) => queryOptions({
  queryKey: ['operations', session, 'usage'],
  queryFn: async ({ signal, client, queryKey }): Promise<Recent> => {
    const { measurements } = client.getQueryData<Recent>(queryKey) ?? NOTHING;
    const last = measurements.at(-1);
    const path = `/api/operations/sessions/${encodeURIComponent(session)}/usage`;
    try {
      const later = await read<RunnerUsage[]>(last ? `${path}?after=${new Date(last.at).toISOString()}` : path, signal);
      return { measurements: extended(measurements, later.map(({ at, ...each }) => ({ at: Date.parse(at), ...each }))), over: false };
    } catch (failure) {
      if (failure instanceof ApiError && failure.status === 404) return { measurements, over: true };
      throw failure;
    }
  },
  refetchInterval: ({ state }) => (state.data?.over ? false : MEASURED_EVERY),
  structuralSharing: false,
});
