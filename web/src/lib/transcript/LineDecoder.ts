import type { TranscriptEvent } from '~/types/generated/transcript';

const NEWLINE = 10;
/** A line is one terminal chunk or one statement; nothing honest comes near this. */
const LONGEST_LINE = 32 * 1024 * 1024;

/**
 * NDJSON bytes, cut anywhere, to events. A half line waits for its rest, so a character that is split between two pieces is
 * whole again before it is read. Throws for a line that is not a JSON object with a number and a type.
 */
export class LineDecoder {
  private rest: Uint8Array[] = [];
  private restLength = 0;
  private readonly text = new TextDecoder();

  push(bytes: Uint8Array): TranscriptEvent[] {
    const events: TranscriptEvent[] = [];
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      const line = this.whole(bytes.subarray(start, end));
      start = end + 1;
      if (line.trim() !== '') events.push(parse(line));
    }
    if (start < bytes.length) this.keep(bytes.slice(start));
    return events;
  }

  /** Forgets a half line: after a lost connection the stream begins anew at a whole one. */
  reset(): void {
    this.rest = [];
    this.restLength = 0;
  }

  private keep(piece: Uint8Array): void {
    this.restLength += piece.length;
    if (this.restLength > LONGEST_LINE) throw new Error('A transcript line is longer than 32 MiB.');
    this.rest.push(piece);
  }

  private whole(end: Uint8Array): string {
    if (this.rest.length === 0) return this.text.decode(end);
    const pieces = [...this.rest, end];
    this.reset();
    const line = pieces.map((piece) => this.text.decode(piece, { stream: true })).join('');
    return line + this.text.decode();
  }
}

function parse(line: string): TranscriptEvent {
  const value = JSON.parse(line) as Partial<TranscriptEvent> | null;
  if (typeof value !== 'object' || value === null || typeof value.n !== 'number' || typeof value.type !== 'string')
    throw new Error('A transcript line is not an event.');
  return value as TranscriptEvent;
}
