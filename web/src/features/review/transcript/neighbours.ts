/** The first moment after a position. Moments are in order; a moment at the very position does not count, in whole seconds or not. */
export function nextAfter(moments: number[], position: number): number | undefined {
  return moments.find((at) => at > position);
}

/** The last moment before a position; one that has just begun does not count, so that stepping back goes on. */
export function lastBefore(moments: number[], position: number): number | undefined {
  return moments.findLast((at) => at < position - 250);
}
