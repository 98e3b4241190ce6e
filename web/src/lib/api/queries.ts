import { queryOptions, type QueryClient } from '@tanstack/react-query';
import type { Health, Me, OpenSession, Policies, ReviewDetail, ReviewPage, Session, SignInInfo, Target } from '~/types/api';
import { ApiError, change, read } from './request';

/** Who is signed in; null for nobody. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await read<Me>('/api/me', signal);
    } catch (failure) {
      if (failure instanceof ApiError && failure.status === 401) return null;
      throw failure;
    }
  },
  staleTime: 60_000,
});

export const signInInfoQuery = queryOptions({
  queryKey: ['sign-in-info'],
  queryFn: ({ signal }) => read<SignInInfo>('/api/sign-in-info', signal),
  staleTime: Infinity,
});

/** `/health` answers 503 with a body when unhealthy; that body is an answer, not a failure. */
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: async ({ signal }): Promise<Health> => {
    const response = await fetch('/health', { signal, credentials: 'same-origin' });
    return (await response.json()) as Health;
  },
  refetchInterval: 15_000,
  retry: false,
});

export const targetsQuery = queryOptions({
  queryKey: ['targets'],
  queryFn: ({ signal }) => read<Target[]>('/api/targets', signal),
});

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => read<Session[]>('/api/sessions', signal),
  refetchInterval: 15_000,
});

export const sessionQuery = (id: string) =>
  queryOptions({
    queryKey: ['sessions', id],
    queryFn: ({ signal }) => read<Session>(`/api/sessions/${encodeURIComponent(id)}`, signal),
  });

export const reviewDetailQuery = (id: string) =>
  queryOptions({
    queryKey: ['review', 'session', id],
    queryFn: ({ signal }) => read<ReviewDetail>(`/api/review/sessions/${encodeURIComponent(id)}`, signal),
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'ended' ? 10_000 : false),
  });

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => read<Policies>('/api/policies', signal),
  refetchInterval: 15_000,
});

/** One page of the review list, older than `before`, which is the `next` of the page ahead. */
export function readReviewPage(filter: URLSearchParams, before: string | null, signal: AbortSignal): Promise<ReviewPage> {
  const query = new URLSearchParams(filter);
  query.set('limit', '50');
  if (before !== null) query.set('before', before);
  return read<ReviewPage>(`/api/review/sessions?${query}`, signal);
}

/** Opens a session; its page can be shown at once, as the gateway will tell it a moment later. */
export async function openSession(client: QueryClient, target: Target, request: OpenSession): Promise<string> {
  const { id } = await change<{ id: string }>('POST', '/api/sessions', request);
  client.setQueryData(sessionQuery(id).queryKey, {
    id,
    target: target.name,
    title: target.title,
    option: request.option,
    reason: request.reason,
    state: 'starting',
    startedAt: new Date().toISOString(),
    endsAt: null,
    endedAt: null,
    endReason: null,
    endSentence: null,
    statements: 0,
    denied: 0,
  });
  void client.invalidateQueries({ queryKey: ['sessions'] });
  return id;
}

export async function endSession(client: QueryClient, id: string): Promise<void> {
  await change('DELETE', `/api/sessions/${encodeURIComponent(id)}`);
  await client.invalidateQueries({ queryKey: ['sessions'] });
}

/** Signs out here and leaves for the landing page. */
export async function signOut(): Promise<void> {
  await change('POST', '/sign-out');
  window.location.assign('/');
}

/** Where to sign in and come back to this page. */
export function signInAddress(): string {
  const { pathname, search } = window.location;
  return `/sign-in?returnUrl=${encodeURIComponent(pathname + search)}`;
}
