/** One batch of the hub's Follow: whole NDJSON lines, and the number to resume from. */
export interface FollowBatch {
  next: number;
  lines: Uint8Array;
  /** The batch reaches the end of what is written so far. */
  live: boolean;
}

export interface FollowObserver {
  batch: (batch: FollowBatch) => void;
  /** The stream is over: whole when the transcript is closed and told to its end, otherwise with what broke it. */
  over: (failure: Error | null) => void;
}

/** One connection to the console hub. It never reconnects by itself: the stream does, with another one. */
export interface StreamConnection {
  follow(session: string, from: number, observer: FollowObserver): void;
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
