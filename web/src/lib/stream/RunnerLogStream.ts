import { BackOff } from './BackOff';
import type { Connect } from './SessionStream';
import { RefusedError, SignedOutError, type RunnerLogLine, type StreamConnection } from './StreamConnection';

/** Lines that are kept; the gateway keeps a thousand. */
const KEPT = 5000;

export type RunnerLogStatus =
  | { kind: 'connecting' }
  | { kind: 'following' }
  | { kind: 'reconnecting'; signedOut: boolean }
  /** The runner is gone; all that it said was told. */
  | { kind: 'over' }
  /** There is no log to see, for the reason in the sentence. */
  | { kind: 'refused'; sentence: string };

export interface RunnerLogListener {
  /** All lines so far. */
  lines: (lines: RunnerLogLine[]) => void;
  status: (status: RunnerLogStatus) => void;
}

/** Follows the log of a session's runner until the runner is gone, over as many connections as it takes; each begins with what the gateway keeps. */
export class RunnerLogStream {
  private lines: RunnerLogLine[] = [];
  private cut: (() => void) | null = null;
  private disposed = false;

  /** `awaited`: the session is being opened, so a log that is not there yet is waited for. */
  constructor(
    private readonly session: string,
    private readonly connect: Connect,
    private readonly listener: RunnerLogListener,
    private readonly awaited: () => boolean,
    private readonly backOff = new BackOff(),
  ) {}

  /** Runs until the runner is gone, the gateway refused or `dispose` was called. */
  async run(): Promise<void> {
    this.tell({ kind: 'connecting' });
    while (!this.disposed) {
      try {
        if (await this.followOnce()) {
          this.tell({ kind: 'over' });
          return;
        }
        this.tell({ kind: 'reconnecting', signedOut: false });
      } catch (failure) {
        if (failure instanceof RefusedError) {
          this.tell({ kind: 'refused', sentence: failure.message });
          if (!this.awaited()) return;
        } else this.tell({ kind: 'reconnecting', signedOut: failure instanceof SignedOutError });
      }
      if (!this.isDisposed()) await this.backOff.wait();
    }
  }

  /** The network is back or the tab woke: look at once. */
  hurry(): void {
    this.backOff.hurry();
  }

  dispose(): void {
    this.disposed = true;
    this.cut?.();
    this.backOff.hurry();
  }

  /** True when the log was told to its end, false when the connection was lost. */
  private async followOnce(): Promise<boolean> {
    let cut = () => {};
    const lost = new Promise<false>((resolve) => {
      cut = () => resolve(false);
    });
    const connection = await this.connect(() => cut());
    this.cut = cut;
    try {
      if (this.disposed) return false;
      return await Promise.race([lost, this.follow(connection)]);
    } finally {
      this.cut = null;
      connection.close().catch(() => undefined);
    }
  }

  private follow(connection: StreamConnection): Promise<true> {
    return new Promise((resolve, reject) => {
      let told = false;
      this.tell({ kind: 'following' });
      connection.followRunnerLog(this.session, {
        lines: (lines) => {
          this.backOff.reset();
          this.lines = [...(told ? this.lines : []), ...lines].slice(-KEPT);
          told = true;
          if (!this.disposed) this.listener.lines(this.lines);
        },
        over: (failure) => (failure ? reject(failure) : resolve(true)),
      });
    });
  }

  private isDisposed(): boolean {
    return this.disposed;
  }

  private tell(status: RunnerLogStatus): void {
    if (!this.disposed) this.listener.status(status);
  }
}
