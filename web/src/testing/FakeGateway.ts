import type { Connect } from '~/lib/stream/SessionStream';
import type { FollowObserver, RunnerLogLine, RunnerLogObserver, StreamConnection } from '~/lib/stream/StreamConnection';
import { RefusedError } from '~/lib/stream/StreamConnection';
import type { TranscriptEvent } from '~/types/generated/transcript';
import { lines } from './events';

/** A hub with one session, whose connections a test can cut. */
export class FakeGateway {
  readonly log: TranscriptEvent[] = [];
  readonly followed: number[] = [];
  readonly acknowledged: number[] = [];
  readonly inputs: string[] = [];
  readonly resizes: [number, number][] = [];
  /** What the next connections fail with. */
  failures: Error[] = [];
  /** Input calls stay unanswered while this is set. */
  holdInput = false;
  /** Nothing is answered, but nothing is closed either. */
  silent = false;
  /** What is kept of the runner's log; null for none. */
  runnerLog: RunnerLogLine[] | null = null;
  private logLost: (() => void) | null = null;
  private logObserver: RunnerLogObserver | null = null;
  private current: { observer: FollowObserver; lost: () => void } | null = null;

  readonly connect: Connect = (lost) => {
    const failure = this.failures.shift();
    return failure ? Promise.reject(failure) : Promise.resolve(this.connection(lost));
  };

  /** Writes events and sends them to whoever follows. */
  write(list: TranscriptEvent[]): void {
    this.log.push(...list);
    this.current?.observer.batch({ next: (list.at(-1)?.n ?? 0) + 1, lines: lines(list), live: true });
    if (list.some((event) => event.type === 'session.ended')) this.current?.observer.over(null);
  }

  /** The runner says something, or is gone. */
  logs(lines: RunnerLogLine[] | null): void {
    if (lines) this.runnerLog = [...(this.runnerLog ?? []), ...lines];
    if (lines) this.logObserver?.lines(lines);
    else this.logObserver?.over(null);
  }

  cut(): void {
    const { current, logLost } = this;
    this.current = null;
    this.logLost = null;
    current?.lost();
    logLost?.();
  }

  refuse(failure: Error): void {
    this.current?.observer.over(failure);
  }

  private connection(lost: () => void): StreamConnection {
    const never = new Promise<void>(() => undefined);
    const answer = () => (this.silent ? never : Promise.resolve());
    return {
      follow: (_session, from, observer) => {
        this.followed.push(from);
        this.current = { observer, lost };
        const missed = this.log.filter((event) => event.n >= from);
        if (missed.length > 0) observer.batch({ next: (missed.at(-1)?.n ?? 0) + 1, lines: lines(missed), live: true });
        if (missed.some((event) => event.type === 'session.ended')) observer.over(null);
      },
      followRunnerLog: (_session, observer) => {
        this.logObserver = observer;
        this.logLost = lost;
        if (this.runnerLog === null) observer.over(new RefusedError('There is no log of this session.'));
        else observer.lines(this.runnerLog);
      },
      acknowledge: (_session, number) => {
        this.acknowledged.push(number);
        return answer();
      },
      input: (_session, data) => {
        this.inputs.push(new TextDecoder().decode(data));
        return this.holdInput ? never : answer();
      },
      resize: (_session, columns, rows) => {
        this.resizes.push([columns, rows]);
        return answer();
      },
      end: answer,
      close: () => Promise.resolve(),
    };
  }
}
