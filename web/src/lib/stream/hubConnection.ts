import { HttpError, HubConnectionBuilder, LogLevel, type HubConnection } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { RefusedError, SignedOutError, type FollowObserver, type RunnerLogObserver, type StreamConnection } from './StreamConnection';

/** A batch as MessagePack names it. */
interface WireBatch {
  Next: number;
  Lines: Uint8Array;
  Live: boolean;
}

/** A line of a runner's log as MessagePack names it; its time is a moment, read as UTC, with minutes that it is ahead of UTC. */
interface WireLogLine {
  Time: [Date, number];
  Source: string;
  Text: string;
}

/** The hub pings every 15 s when it has nothing to say; silence for longer than this means that the connection is dead. In milliseconds. */
const SILENCE = 20_000;

/** Opens one connection to the console hub. Throws {@link SignedOutError} when the sign-in has expired. */
export async function connectHub(lost: () => void): Promise<StreamConnection> {
  const hub = new HubConnectionBuilder()
    .withUrl('/hub/console')
    .withHubProtocol(new MessagePackHubProtocol())
    .configureLogging(LogLevel.None)
    .build();
  hub.serverTimeoutInMilliseconds = SILENCE;
  hub.onclose(() => lost());
  // Known to the hub, of no use here: the lists ask again by themselves.
  hub.on('SessionsChanged', () => undefined);
  try {
    await hub.start();
  } catch (failure) {
    if (failure instanceof HttpError && failure.statusCode === 401) throw new SignedOutError();
    throw failure;
  }
  return adapt(hub);
}

function adapt(hub: HubConnection): StreamConnection {
  return {
    follow: (session, from, observer) => follow(hub, session, from, observer),
    followRunnerLog: (session, observer) => followRunnerLog(hub, session, observer),
    acknowledge: (session, number) => hub.invoke('Acknowledge', session, number),
    input: (session, data) => hub.invoke('Input', session, data),
    resize: (session, columns, rows) => hub.invoke('Resize', session, columns, rows),
    end: (session) => hub.invoke('End', session),
    close: () => hub.stop(),
  };
}

function follow(hub: HubConnection, session: string, from: number, observer: FollowObserver): void {
  hub.stream<WireBatch>('Follow', session, from).subscribe({
    next: (batch) => observer.batch({ next: batch.Next, lines: batch.Lines, live: batch.Live }),
    complete: () => observer.over(null),
    error: (failure: unknown) => observer.over(understood(failure)),
  });
}

function followRunnerLog(hub: HubConnection, session: string, observer: RunnerLogObserver): void {
  hub.stream<WireLogLine[]>('FollowRunnerLog', session).subscribe({
    next: (batch) =>
      observer.lines(batch.map(({ Time: [moment, ahead], Source, Text }) => ({ time: moment.getTime() - ahead * 60_000, source: Source, text: Text }))),
    complete: () => observer.over(null),
    error: (failure: unknown) => observer.over(understood(failure)),
  });
}

/** A HubException's sentence follows the marker; any other failure is the connection's own. */
function understood(failure: unknown): Error {
  const message = failure instanceof Error ? failure.message : String(failure);
  const sentence = /HubException: (.+)$/s.exec(message)?.[1];
  if (sentence !== undefined) return new RefusedError(sentence);
  return /unauthorized/i.test(message) ? new RefusedError('This session is not yours to see.') : new Error(message);
}
