import type { Frame, Recording } from '~/lib/transcript/Recording';
import { joined } from '~/lib/transcript/terminalBytes';

/** What the player writes to: xterm's terminal, or a fake. */
export interface PlayerScreen {
  write: (bytes: Uint8Array) => void;
  resize: (columns: number, rows: number) => void;
  reset: () => void;
}

export interface PlayerView {
  /** Milliseconds from the beginning. */
  position: number;
  playing: boolean;
  speed: number;
  skipIdle: boolean;
}

export const SPEEDS = [1, 2, 4, 8, 16];

/** A pause longer than this is skipped, but for a short beat before what follows. */
const IDLE = 1500;
const BEAT = 300;

/** A seek writes at most this much of what stood before: more than the scrollback holds. */
const REPLAYED_BYTES = 4 * 1024 * 1024;

/** Plays a recording onto a screen. The clock is the caller's: `tick` says how many milliseconds have passed. */
export class Player {
  private view: PlayerView = { position: 0, playing: false, speed: 1, skipIdle: true };
  private next = 0;
  private readonly listeners = new Set<() => void>();

  constructor(
    private recording: Recording,
    private readonly screen: PlayerScreen,
  ) {
    this.seek(0);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): PlayerView => this.view;

  /** Plays on, or pauses. At the end it begins again. */
  toggle(): void {
    if (!this.view.playing && this.view.position >= this.recording.length) this.seek(0);
    this.change({ playing: !this.view.playing });
  }

  set(part: Partial<Pick<PlayerView, 'speed' | 'skipIdle' | 'playing'>>): void {
    this.change(part);
  }

  /** Shows the screen as it was at a moment. */
  seek(to: number): void {
    const position = Math.min(Math.max(0, to), this.recording.length);
    if (position < this.view.position || this.next === 0) {
      this.screen.reset();
      this.next = 0;
    }
    this.show(position);
    this.change({ position });
  }

  /** The recording has grown. A screen that stood at its end goes on with it. */
  extend(recording: Recording): void {
    const atEnd = this.view.position >= this.recording.length;
    this.recording = recording;
    if (!atEnd) return;
    this.show(recording.length);
    this.change({ position: recording.length });
  }

  /** So many milliseconds of the reader's time have passed. */
  tick(elapsed: number): void {
    if (!this.view.playing) return;
    let position = this.view.position + elapsed * this.view.speed;
    const upcoming = this.recording.frames[this.next]?.at ?? this.recording.length;
    if (this.view.skipIdle && upcoming - position > IDLE) position = upcoming - BEAT;
    position = Math.min(position, this.recording.length);
    this.show(position);
    this.change({ position, playing: position < this.recording.length });
  }

  /** Writes the frames up to a moment, leaving out bytes that nobody could still scroll back to. */
  private show(position: number): void {
    const { frames } = this.recording;
    let end = this.next;
    while (end < frames.length && (frames[end]?.at ?? Infinity) <= position) end++;
    const due = frames.slice(this.next, end);
    this.next = end;
    const first = firstToWrite(due);
    let pieces: Uint8Array[] = [];
    const flush = () => {
      if (pieces.length > 0) this.screen.write(joined(pieces));
      pieces = [];
    };
    due.forEach((frame, index) => {
      if (frame.kind === 'resize') {
        flush();
        this.screen.resize(frame.columns, frame.rows);
      } else if (index >= first) pieces.push(frame.bytes);
    });
    flush();
  }

  private change(part: Partial<PlayerView>): void {
    this.view = { ...this.view, ...part };
    for (const listener of this.listeners) listener();
  }
}

function firstToWrite(frames: Frame[]): number {
  let sum = 0;
  for (let index = frames.length - 1; index >= 0; index--) {
    const frame = frames[index];
    if (frame?.kind === 'output') sum += frame.bytes.length;
    if (sum > REPLAYED_BYTES) return index + 1;
  }
  return 0;
}
