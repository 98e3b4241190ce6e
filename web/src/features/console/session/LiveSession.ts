import { SessionStream, type Connect, type StreamStatus } from '~/lib/stream/SessionStream';
import { NO_SESSION, tellSession, type SessionState } from '~/lib/transcript/sessionState';
import type { TranscriptEvent } from '~/types/generated/transcript';
import { toBytes } from '~/lib/transcript/terminalBytes';

/** What the page shows of a live session, as one value that changes at most every frame. */
export interface LiveView {
  state: SessionState;
  status: StreamStatus;
  /** Typed, but kept back by a lost connection. */
  unsent: Uint8Array | null;
}

/** Where the terminal's events go. `shown` is called when they are on the screen. */
export interface Screen {
  show: (events: TranscriptEvent[], live: boolean, shown: () => void) => void;
}

const FRAME = 16;

const NOTHING_YET: LiveView = { state: NO_SESSION, status: { kind: 'connecting' }, unsent: null };

/** One session as a page follows it: the stream, what it has told so far, and the screen that it writes to. */
export class LiveSession {
  private readonly listeners = new Set<() => void>();
  private stream: SessionStream | null = null;
  private view: LiveView = NOTHING_YET;
  private next: LiveView = NOTHING_YET;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly session: string,
    private readonly connect: Connect,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): LiveView => this.view;

  /** Follows from the first event onto an empty screen. Returns how to stop. */
  start(screen: Screen): () => void {
    const stream = new SessionStream(this.session, this.connect, {
      events: (events, live) => this.take(stream, screen, events, live),
      status: (status) => this.change({ status }),
      unsent: (unsent) => this.change({ unsent }),
    });
    this.stream = stream;
    this.change(NOTHING_YET);
    void stream.run();
    return () => {
      if (this.timer !== null) clearTimeout(this.timer);
      this.timer = null;
      this.stream = null;
      stream.dispose();
    };
  }

  /** Sends typed bytes. False when they could not be taken. */
  type(data: Uint8Array): boolean {
    return this.stream?.input.push(data) ?? false;
  }

  decideUnsent(sendIt: boolean): void {
    this.stream?.input.decide(sendIt);
  }

  resize(columns: number, rows: number): void {
    this.stream?.resize(columns, rows);
  }

  nudge(): void {
    void this.stream?.nudge();
  }

  private take(stream: SessionStream, screen: Screen, events: TranscriptEvent[], live: boolean): void {
    for (const event of events) {
      if (event.type === 'terminal.input') stream.input.recorded(event.hidden ?? toBytes(event.data ?? { text: '' }));
    }
    this.change({ state: tellSession(this.next.state, events) });
    const last = events.at(-1)?.n;
    screen.show(events, live, () => {
      if (last !== undefined) stream.rendered(last);
    });
  }

  private change(part: Partial<LiveView>): void {
    this.next = { ...this.next, ...part };
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.view = this.next;
      for (const listener of this.listeners) listener();
    }, FRAME);
  }
}
