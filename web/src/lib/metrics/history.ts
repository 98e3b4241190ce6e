import type { Samples } from './samples';
import { QUARTER } from './spans';
import type { Usage } from './usage';

/** What was seen of runners while somebody looked, by session. */
export type History = ReadonlyMap<string, Usage>;

export interface Seen {
  id: string;
  processors: number | null;
  memory: number | null;
}

/** Looks that lie farther apart than this have seen nothing in between. In milliseconds. */
const UNSEEN = 10_000;
/** A value that was seen stands for so long when nobody looked again. In milliseconds. */
const STANDS = 2_000;

/** The history with one more look at `at`. What is older than a quarter of an hour is forgotten. */
export function remember(history: History, seen: readonly Seen[], at: number): History {
  const next = new Map<string, Usage>();
  for (const { id, processors, memory } of seen) {
    const before = history.get(id);
    next.set(id, { processors: added(before?.processors ?? [], processors, at), memory: added(before?.memory ?? [], memory, at) });
  }
  for (const [id, usage] of history) {
    const last = usage.memory.at(-1);
    // A session that is gone keeps its curves for whoever is looking at it.
    if (!next.has(id) && last && last.at > at - QUARTER) next.set(id, last.value === null ? usage : ended(usage, last.at + STANDS));
  }
  return next;
}

function added(samples: Samples, value: number | null, at: number): Samples {
  const last = samples.at(-1);
  const gap = last && last.value !== null && at - last.at > UNSEEN ? [{ at: last.at + STANDS, value: null }] : [];
  const first = samples.findIndex((sample) => sample.at >= at - QUARTER - UNSEEN);
  return [...(first < 0 ? [] : samples.slice(first)), ...gap, { at, value }];
}

function ended({ processors, memory }: Usage, at: number): Usage {
  const nothing = { at, value: null };
  return { processors: [...processors, nothing], memory: [...memory, nothing] };
}
