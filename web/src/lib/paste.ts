/** Pasted text without the control characters that could end a bracketed paste or drive the terminal; tabs and line ends stay. */
export function cleanPaste(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u009f]/g, '');
}

/** How many lines would be entered at once. A line end after the only line counts: it would run it. */
export function lineCount(text: string): number {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.length === 1) return 1;
  return lines.at(-1) === '' ? Math.max(2, lines.length - 1) : lines.length;
}
