import type { Span } from './samples';

/** A quarter of an hour, or all that there is. */
export type Range = 'last' | 'whole';

export const QUARTER = 15 * 60_000;

/** A young session's chart has the room of the next of these, so that it is redrawn at another scale only now and then. */
const ROOMS = [1, 2, 5, 10, 15].map((minutes) => minutes * 60_000);

/** A chart of the last quarter of an hour moves on in steps of this part of it, so that what has been drawn keeps its shape. */
const STEPS = 300;

/** What a chart shows: everything, or a quarter of an hour, the last one or, where there is a player, the one around its moment. */
export function spanFor(range: Range, start: number, latest: number, moment: number | undefined): Span {
  const age = latest - start;
  if (age <= QUARTER) return { from: start, to: start + (ROOMS.find((room) => room >= age) ?? QUARTER) };
  if (range === 'whole') return { from: start, to: latest };
  const end = Math.min(moment === undefined ? Infinity : moment + QUARTER / 2, latest);
  const step = QUARTER / STEPS;
  const to = Math.max(start + QUARTER, Math.ceil(end / step) * step);
  return { from: to - QUARTER, to };
}
