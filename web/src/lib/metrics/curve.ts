/** SVG path data of columns as a stepped line from left to right, y downwards; a gap where nothing stands. `height` is that of `highest`. */
export function linePath(columns: readonly (number | null)[], highest: number, height: number): string {
  return runsOf(columns)
    .map(({ start, values }) => `M${start} ${y(values[0] ?? 0, highest, height)}${steps(start, values, highest, height)}`)
    .join('');
}

/** The same, closed down to the base. */
export function areaPath(columns: readonly (number | null)[], highest: number, height: number): string {
  return runsOf(columns)
    .map(({ start, values }) => `M${start} ${height}V${y(values[0] ?? 0, highest, height)}${steps(start, values, highest, height)}V${height}Z`)
    .join('');
}

/** A round number that is at least as large: 1, 2 or 5 times a power of ten. */
export function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((times) => times * power >= value) ?? 10) * power;
}

function steps(start: number, values: number[], highest: number, height: number): string {
  return values.map((value, index) => `V${y(value, highest, height)}H${start + index + 1}`).join('');
}

function y(value: number, highest: number, height: number): number {
  return Math.round((1 - Math.min(1, value / highest)) * height * 100) / 100;
}

function runsOf(columns: readonly (number | null)[]): { start: number; values: number[] }[] {
  const runs: { start: number; values: number[] }[] = [];
  let run: { start: number; values: number[] } | null = null;
  columns.forEach((value, index) => {
    if (value === null) run = null;
    else if (run) run.values.push(value);
    else runs.push((run = { start: index, values: [value] }));
  });
  return runs;
}
