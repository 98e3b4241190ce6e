import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { Failure } from '~/components/Failure';
import { Notice } from '~/components/Notice';
import { Waiting } from '~/components/Waiting';
import { readReviewPage } from '~/lib/api/queries';
import { FilterSentence } from './FilterSentence';
import { addressOf, filterOf, queryOf } from './reviewFilter';
import css from './ReviewPage.module.css';
import { SessionTable } from './SessionTable';

/** Sessions to be read, newest first, a page at a time. */
export function ReviewPage() {
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const pages = useInfiniteQuery({
    queryKey: ['review', 'list', filter],
    queryFn: ({ pageParam, signal }) => readReviewPage(queryOf(filter, new Date()), pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: 30_000,
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={css.page}>
      <title>Review · SafeConsole</title>
      <h1 className={css.title}>Review</h1>
      <FilterSentence filter={filter} onChange={(next) => setSearch(addressOf(next), { replace: true })} />
      {pages.isPending && <Waiting rows={8} label="Loading sessions" />}
      {pages.isError && <Failure what="The sessions" error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isSuccess && items.length === 0 && (
        <Notice title="No session fits">
          {filter.deniedOnly || filter.user || filter.target
            ? 'Widen the sentence above: another person, another target, a longer time, or sessions without denials too.'
            : 'Each console session stands here as soon as it is opened, and stays when it has ended.'}
        </Notice>
      )}
      {items.length > 0 && <SessionTable items={items} />}
      {pages.hasNextPage && (
        <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show older sessions
        </Button>
      )}
    </div>
  );
}
