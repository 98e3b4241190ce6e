import type { LiveSession } from '~/types/api';

export type Column = 'target' | 'owner' | 'started' | 'left' | 'runner' | 'processors' | 'memory' | 'statements' | 'denied' | 'attached';

export interface Order {
  by: Column;
  down: boolean;
}

const KEYS: Record<Column, (session: LiveSession) => string | number> = {
  target: ({ title }) => title.toLowerCase(),
  owner: ({ owner }) => owner.toLowerCase(),
  started: ({ startedAt }) => Date.parse(startedAt),
  left: ({ endsAt }) => Date.parse(endsAt),
  runner: ({ launcher, runner }) => `${launcher} ${runner ?? ''}`,
  processors: ({ processors }) => processors ?? -1,
  memory: ({ memory }) => memory ?? -1,
  statements: ({ statements }) => statements,
  denied: ({ denied }) => denied,
  attached: ({ followed }) => Number(followed),
};

/** The newest sessions first: an order that measurements do not change. */
const FIRST: Order = { by: 'started', down: true };

/** The order that an address asks for, such as `?sort=memory&down=1`. */
export function orderOf(search: URLSearchParams): Order {
  const by = search.get('sort');
  return by !== null && by in KEYS ? { by: by as Column, down: search.has('down') } : FIRST;
}

/** The order after a press on a column's head: the other way round, or that column with what is most first, or first by name. */
export function pressed(order: Order, by: Column): Order {
  if (order.by === by) return { by, down: !order.down };
  return { by, down: by !== 'target' && by !== 'owner' && by !== 'runner' && by !== 'left' && by !== 'attached' };
}

/** Sorted; equal ones by their id, so that nothing changes places without a reason. */
export function sorted(sessions: readonly LiveSession[], { by, down }: Order): LiveSession[] {
  const key = KEYS[by];
  const sign = down ? -1 : 1;
  return sessions.toSorted((one, other) => sign * compare(key(one), key(other)) || compare(one.id, other.id));
}

function compare(one: string | number, other: string | number): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
