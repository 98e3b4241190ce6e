import type { TerminalParts } from '~/components/terminal/createTerminal';
import { joined, toBytes } from '~/lib/transcript/terminalBytes';
import type { TranscriptEvent } from '~/types/generated/transcript';
import type { Screen } from './LiveSession';

export interface Size {
  columns: number;
  rows: number;
}

/**
 * Writes a session's events to a terminal. What happened before this tab came is replayed in the sizes of its time and with the
 * terminal's own answers off: a cursor report from an old query would be typed into the REPL.
 */
export class TerminalScreen implements Screen {
  private caughtUp = false;
  /** The pty's size, as the transcript tells it. */
  private size: Size | null = null;

  constructor(
    private readonly parts: TerminalParts,
    private readonly resize: (size: Size) => void,
  ) {
    parts.terminal.options.disableStdin = true;
  }

  show(events: TranscriptEvent[], live: boolean, shown: () => void): void {
    const { terminal } = this.parts;
    let pieces: Uint8Array[] = [];
    for (const event of events) {
      if (event.type === 'terminal.output') pieces.push(toBytes(event.data));
      else if (event.type === 'terminal.resized' || event.type === 'session.opened') {
        this.size = { columns: event.columns, rows: event.rows };
        if (this.caughtUp) continue;
        terminal.write(joined(pieces), applySize(terminal, this.size));
        pieces = [];
      }
    }
    terminal.write(joined(pieces), () => {
      shown();
      if (live && !this.caughtUp) this.catchUp();
    });
  }

  /** The session is over: what was typed has nowhere to go. */
  stop(): void {
    this.parts.terminal.options.disableStdin = true;
    this.parts.terminal.options.cursorBlink = false;
  }

  /** Fits the terminal into its element and tells the pty when its size is another. */
  fit(): void {
    if (!this.caughtUp) return;
    this.parts.fit.fit();
    const { cols, rows } = this.parts.terminal;
    if (this.size?.columns === cols && this.size.rows === rows) return;
    this.size = { columns: cols, rows };
    this.resize(this.size);
  }

  private catchUp(): void {
    this.caughtUp = true;
    this.parts.terminal.options.disableStdin = false;
    this.fit();
  }
}

function applySize(terminal: TerminalParts['terminal'], size: Size): () => void {
  return () => {
    if (size.columns > 0 && size.rows > 0) terminal.resize(size.columns, size.rows);
  };
}
