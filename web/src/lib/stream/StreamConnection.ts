/** One batch of the hub's Follow: whole NDJSON lines, and the number to resume from. */
export interface FollowBatch {
  next: number;
  lines: Uint8Array;
  /** The session still lives. */
  live: boolean;
}

/** A line about a session's runner: when, from whom (`agent` or `engine`), what. */
export interface RunnerLogLine {
  /** Milliseconds since 1970. */
  time: number;
  source: string;
  text: string;
}

export interface RunnerLogObserver {
  /** The kept lines come first, then those that are new. */
  lines: (lines: RunnerLogLine[]) => void;
  /** No more comes: the runner is gone, or what broke it. */
  over: (failure: Error | null) => void;
}

export interface FollowObserver {
  batch: (batch: FollowBatch) => void;
  /** The stream is over: whole when the transcript is closed and told to its end, otherwise with what broke it. */
  over: (failure: Error | null) => void;
}

/** One connection to the console hub. It never reconnects by itself: the stream does, with another one. */
export interface StreamConnection {
  follow(session: string, from: number, observer: FollowObserver): void;
  followRunnerLog(session: string, observer: RunnerLogObserver): void;
  acknowledge(session: string, number: number): Promise<void>;
  input(session: string, data: Uint8Array): Promise<void>;
  resize(session: string, columns: number, rows: number): Promise<void>;
  end(session: string): Promise<void>;
  close(): Promise<void>;
}

/** The gateway wants a new sign-in; the session itself goes on. */
export class SignedOutError extends Error {
  constructor() {
    super('Your sign-in has expired.');
    this.name = 'SignedOutError';
  }
}

/** The gateway answered that this session cannot be followed by this caller. Trying again changes nothing. */
export class RefusedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RefusedError';
  }
}
