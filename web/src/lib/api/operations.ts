import { queryOptions } from '@tanstack/react-query';
import { remember, type History } from '~/lib/metrics/history';
import type { Operations } from '~/types/api';
import { read } from './request';

/** How often it is asked what runs, while the page is in sight. In milliseconds. */
const EVERY = 2_000;

export interface OperationsView extends Operations {
  /** When this was asked. Milliseconds since 1970. */
  at: number;
  /** What was seen since somebody began to look. */
  history: History;
}

export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: async ({ signal, client, queryKey }): Promise<OperationsView> => {
    const operations = await read<Operations>('/api/operations', signal);
    const at = Date.now();
    const before = client.getQueryData<OperationsView>(queryKey);
    return { ...operations, at, history: remember(before?.history ?? new Map(), operations.sessions, at) };
  },
  refetchInterval: EVERY,
  structuralSharing: false,
});
