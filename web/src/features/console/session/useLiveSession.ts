import { useState, useSyncExternalStore } from 'react';
import type { Connect } from '~/lib/stream/SessionStream';
import { useWake } from '~/lib/stream/useWake';
import { LiveSession, type LiveView } from './LiveSession';

/** Loaded with the first connection: the consoles page does without it. */
const connectHub: Connect = async (lost) => (await import('~/lib/stream/hubConnection')).connectHub(lost);

/** A session to follow, and what it has told so far. Following starts with the terminal. */
export function useLiveSession(id: string): [LiveSession, LiveView] {
  const [live] = useState(() => new LiveSession(id, connectHub));
  const view = useSyncExternalStore(live.subscribe, live.current);
  useWake(() => live.nudge());
  return [live, view];
}
