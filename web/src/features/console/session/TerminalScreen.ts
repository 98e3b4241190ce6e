import type { TerminalParts } from '~/components/terminal/createTerminal';
import { joined, toBytes } from '~/lib/transcript/terminalBytes';
import type { TranscriptEvent } from '~/types/generated/transcript';
import type { Screen } from './LiveSession';

export interface Size {
  columns: number;
  rows: number;
}

const HIDE_CURSOR = '\u001b[?25l';

/** A replay is over when nothing more came for this long, or at the latest after the other. In milliseconds. */
const QUIET = 120;
const LONGEST_REPLAY = 3000;

/**
 * Writes a session's events to a terminal. What happened before this tab came is replayed in the sizes of its time and with the
 * terminal's own answers muted. Keys go in from the first output on: nothing that a person types is lost.
 */
export class TerminalScreen implements Screen {
  private caughtUp = false;
  private stopped = false;
  /** There is a REPL to type into. */
  private hasPrompt = false;
  /** The pty's size, as the transcript tells it. */
  private size: Size | null = null;
  private quiet: ReturnType<typeof setTimeout> | null = null;
  private began: number | null = null;

  constructor(
    private readonly parts: TerminalParts,
    private readonly resize: (size: Size) => void,
  ) {
    parts.terminal.options.disableStdin = true;
    parts.reports.muted = true;
  }

  show(events: TranscriptEvent[], shown: () => void): void {
    const { terminal } = this.parts;
    let pieces: Uint8Array[] = [];
    for (const event of events) {
      if (event.type === 'terminal.output') {
        this.hasPrompt = true;
        pieces.push(toBytes(event.data));
      } else if (event.type === 'terminal.resized' || event.type === 'session.opened') {
        this.size = { columns: event.columns, rows: event.rows };
        if (this.caughtUp) continue;
        terminal.write(joined(pieces), applySize(terminal, this.size));
        pieces = [];
      }
    }
    terminal.write(joined(pieces), () => {
      shown();
      if (this.hasPrompt && !this.stopped) this.parts.terminal.options.disableStdin = false;
      if (!this.caughtUp) this.awaitQuiet();
    });
  }

  /** The session is over: what was typed has nowhere to go. */
  stop(): void {
    this.stopped = true;
    this.parts.terminal.options.disableStdin = true;
    this.parts.terminal.write(HIDE_CURSOR);
  }

  dispose(): void {
    this.stopped = true;
    if (this.quiet !== null) clearTimeout(this.quiet);
  }

  /** Fits the terminal into its element and tells the pty when its size is another. */
  fit(): void {
    if (!this.caughtUp) return;
    this.parts.fit.fit();
    const { cols, rows } = this.parts.terminal;
    if (this.stopped || (this.size?.columns === cols && this.size.rows === rows)) return;
    this.size = { columns: cols, rows };
    this.resize(this.size);
  }

  private awaitQuiet(): void {
    this.began ??= Date.now();
    if (this.quiet !== null) clearTimeout(this.quiet);
    const left = this.began + LONGEST_REPLAY - Date.now();
    this.quiet = setTimeout(() => this.catchUp(), Math.max(0, Math.min(QUIET, left)));
  }

  private catchUp(): void {
    this.caughtUp = true;
    this.parts.reports.muted = false;
    this.fit();
  }
}

function applySize(terminal: TerminalParts['terminal'], size: Size): () => void {
  return () => {
    if (size.columns > 0 && size.rows > 0) terminal.resize(size.columns, size.rows);
  };
}
