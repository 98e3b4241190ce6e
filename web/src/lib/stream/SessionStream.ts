import { LineDecoder } from '~/lib/transcript/LineDecoder';
import type { TranscriptEvent } from '~/types/generated/transcript';
import { Acknowledger } from './Acknowledger';
import { BackOff } from './BackOff';
import { InputQueue } from './InputQueue';
import { RefusedError, SignedOutError, type FollowBatch, type StreamConnection } from './StreamConnection';

export type StreamStatus =
  | { kind: 'connecting' }
  | { kind: 'following' }
  | { kind: 'reconnecting'; signedOut: boolean; since: number }
  /** The transcript was told to its end. */
  | { kind: 'ended' }
  /** The gateway will not show this session. */
  | { kind: 'refused'; sentence: string };

export interface StreamListener {
  /** Events in order, each once. The listener calls `rendered` when it has shown them. */
  events: (events: TranscriptEvent[]) => void;
  status: (status: StreamStatus) => void;
  /** Unsent input appeared or was decided on. */
  unsent: (data: Uint8Array | null) => void;
}

export interface StreamOptions {
  /** Number of the last event that is known already; 0 follows from the first. */
  after?: number;
  random?: () => number;
}

export type Connect = (lost: () => void) => Promise<StreamConnection>;

/** Input that is not answered within this time makes the connection doubtful. In milliseconds. */
const INPUT_PATIENCE = 4000;

/** A probe that is not answered within this time means that the connection is dead, whatever the socket says. */
const PROBE_TIMEOUT = 5000;

/**
 * Follows one session's transcript to its last event, over as many connections as it takes. A connection that is
 * lost, or that slept with its tab, is replaced by another that resumes after the last event; it gives up only when the session
 * has ended or the gateway refuses.
 */
export class SessionStream {
  readonly input: InputQueue;
  private readonly decoder = new LineDecoder();
  private readonly backOff: BackOff;
  private readonly acknowledger = new Acknowledger();
  private connection: StreamConnection | null = null;
  private cut: (() => void) | null = null;
  private last: number;
  private sawEnd = false;
  private disposed = false;
  private lostAt: number | null = null;

  constructor(
    private readonly session: string,
    private readonly connect: Connect,
    private readonly listener: StreamListener,
    { after = 0, random }: StreamOptions = {},
  ) {
    this.last = after;
    this.backOff = new BackOff(random);
    this.input = new InputQueue(() => this.listener.unsent(this.input.unsent));
  }

  /** Runs until the session ended, the gateway refused or `dispose` was called. */
  async run(): Promise<void> {
    this.listener.status({ kind: 'connecting' });
    while (!this.isOver()) {
      let signedOut = false;
      try {
        await this.followOnce();
      } catch (failure) {
        if (failure instanceof RefusedError) {
          this.finish({ kind: 'refused', sentence: failure.message });
          return;
        }
        signedOut = failure instanceof SignedOutError;
      }
      if (this.isOver()) break;
      this.lostAt ??= Date.now();
      this.listener.status({ kind: 'reconnecting', signedOut, since: this.lostAt });
      await this.backOff.wait();
    }
    if (this.sawEnd) this.finish({ kind: 'ended' });
  }

  /** The listener has shown everything up to this event: the gateway may send more. */
  rendered(number: number): void {
    this.acknowledger.rendered(number);
  }

  resize(columns: number, rows: number): void {
    // A lost resize is sent again with the next connection's first fit.
    this.connection?.resize(this.session, columns, rows).catch(() => undefined);
  }

  /** The network is back or the tab woke: look at once, and do not trust a connection that does not answer. */
  async nudge(): Promise<void> {
    this.backOff.hurry();
    const { connection, cut } = this;
    if (!connection || !cut) return;
    const answered = connection.acknowledge(this.session, this.acknowledger.sent).then(() => true, () => false);
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PROBE_TIMEOUT));
    if (!(await Promise.race([answered, late]))) cut();
  }

  dispose(): void {
    this.disposed = true;
    this.cut?.();
    this.backOff.hurry();
  }

  private async followOnce(): Promise<void> {
    let cut = () => {};
    const lost = new Promise<void>((resolve) => {
      cut = resolve;
    });
    const connection = await this.connect(() => cut());
    try {
      if (this.isOver()) return;
      this.connection = connection;
      this.cut = cut;
      this.decoder.reset();
      this.acknowledger.connect((number) => connection.acknowledge(this.session, number));
      this.input.connect((data) => this.send(connection, data));
      await Promise.race([lost, this.follow(connection)]);
    } finally {
      this.connection = null;
      this.cut = null;
      this.acknowledger.disconnect();
      this.input.disconnect();
      connection.close().catch(() => undefined);
    }
  }

  /** Sends input; when the gateway does not answer, asks whether it is still there at all. */
  private async send(connection: StreamConnection, data: Uint8Array): Promise<void> {
    const doubt = setTimeout(() => void this.nudge(), INPUT_PATIENCE);
    try {
      await connection.input(this.session, data);
    } finally {
      clearTimeout(doubt);
    }
  }

  private follow(connection: StreamConnection): Promise<void> {
    return new Promise((resolve, reject) => {
      this.lostAt = null;
      this.listener.status({ kind: 'following' });
      connection.follow(this.session, this.last + 1, {
        batch: (batch) => {
          try {
            this.take(batch);
          } catch (failure) {
            reject(failure instanceof Error ? failure : new Error('The transcript could not be read.'));
          }
        },
        over: (failure) => (failure ? reject(failure) : resolve()),
      });
    });
  }

  private take(batch: FollowBatch): void {
    this.backOff.reset();
    const events = this.decoder.push(batch.lines).filter((event) => event.n > this.last);
    for (const event of events) {
      this.last = event.n;
      if (event.type === 'session.ended') this.sawEnd = true;
    }
    this.listener.events(events);
  }

  private isOver(): boolean {
    return this.disposed || this.sawEnd;
  }

  private finish(status: StreamStatus): void {
    if (!this.disposed) this.listener.status(status);
  }
}
