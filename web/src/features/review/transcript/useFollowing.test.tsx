import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderHook, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { reviewDetailQuery } from '~/lib/api/queries';
import { transcriptQuery } from '~/lib/api/transcript';
import { ended, events, OPENED, output } from '~/testing/events';
import { FakeGateway } from '~/testing/FakeGateway';
import { useFollowing } from './useFollowing';

const gateway = new FakeGateway();
vi.mock('~/lib/stream/connectLazily', () => ({ connectLazily: (lost: () => void) => gateway.connect(lost) }));

test('A running transcript is followed from what was read of it to its end', async () => {
  const list = events([OPENED, output('a'), output('b'), ended]);
  const client = new QueryClient();
  const { queryKey } = transcriptQuery('s1');
  client.setQueryData(queryKey, list.slice(0, 2));
  const asked = vi.spyOn(client, 'invalidateQueries');
  const { result, unmount } = renderHook(() => useFollowing('s1', true), {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  });
  await waitFor(() => expect(gateway.followed).toEqual([3]));
  gateway.write(list.slice(2, 3));
  await waitFor(() => expect(client.getQueryData(queryKey)).toEqual(list.slice(0, 3)));
  expect(asked).not.toHaveBeenCalled();
  gateway.failures = [new Error('no network')];
  gateway.cut();
  await waitFor(() => expect(result.current).toBe(true));
  await waitFor(() => expect(result.current).toBe(false));
  expect(gateway.followed).toEqual([3, 4]);
  gateway.write(list.slice(3));
  await waitFor(() => expect(client.getQueryData(queryKey)).toEqual(list));
  expect(asked).toHaveBeenCalledWith({ queryKey: reviewDetailQuery('s1').queryKey });
  unmount();
});
