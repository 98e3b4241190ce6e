/** What the review list shows, as it stands in the address. */
export interface ReviewFilter {
  user: string;
  target: string;
  range: Range;
  deniedOnly: boolean;
}

export type Range = keyof typeof RANGES;

export const RANGES = { day: 'last 24 hours', week: 'last 7 days', month: 'last 30 days', all: 'whole record' } as const;

const HOURS: Record<Range, number | null> = { day: 24, week: 24 * 7, month: 24 * 30, all: null };

export function filterOf(search: URLSearchParams): ReviewFilter {
  const range = search.get('range') ?? 'week';
  return {
    user: search.get('user') ?? '',
    target: search.get('target') ?? '',
    range: range in RANGES ? (range as Range) : 'week',
    deniedOnly: search.get('denied') === '1',
  };
}

/** The address again; what is as usual is left out. */
export function addressOf(filter: ReviewFilter): URLSearchParams {
  const search = new URLSearchParams();
  if (filter.user !== '') search.set('user', filter.user);
  if (filter.target !== '') search.set('target', filter.target);
  if (filter.range !== 'week') search.set('range', filter.range);
  if (filter.deniedOnly) search.set('denied', '1');
  return search;
}

/** What the API is asked for. */
export function queryOf(filter: ReviewFilter, now: Date): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.user !== '') query.set('user', filter.user);
  if (filter.target !== '') query.set('target', filter.target);
  const hours = HOURS[filter.range];
  if (hours !== null) query.set('from', new Date(now.getTime() - hours * 3_600_000).toISOString());
  if (filter.deniedOnly) query.set('deniedOnly', 'true');
  return query;
}
