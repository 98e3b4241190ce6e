import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '~/lib/api/request';
import { meQuery } from '~/lib/api/queries';

/** Refusals are not retried; an unreachable gateway is, twice. A 401 anywhere brings the sign-in page. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (failure, query) => {
        if (failure instanceof ApiError && failure.status === 401 && query.queryKey[0] !== 'me') {
          client.setQueryData(meQuery.queryKey, null);
        }
      },
    }),
    defaultOptions: {
      // The browser's word about the network is not asked: a gateway that cannot be reached is told, not silently waited for.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        refetchOnReconnect: true,
        staleTime: 5_000,
        retry: (failures, failure) => failures < 2 && !(failure instanceof ApiError && failure.status >= 400 && failure.status < 500),
      },
    },
  });
  return client;
}
