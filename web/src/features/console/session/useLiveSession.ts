import { useState, useSyncExternalStore } from 'react';
import { connectLazily } from '~/lib/stream/connectLazily';
import { useWake } from '~/lib/stream/useWake';
import { LiveSession, type LiveView } from './LiveSession';

/** A session to follow, and what it has told so far. Following starts with the terminal. */
export function useLiveSession(id: string): [LiveSession, LiveView] {
  const [live] = useState(() => new LiveSession(id, connectLazily));
  const view = useSyncExternalStore(live.subscribe, live.current);
  useWake(() => live.nudge());
  return [live, view];
}
