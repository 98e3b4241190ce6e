import { useEffect, useSyncExternalStore } from 'react';
import type { Player, PlayerView } from './Player';

const STOPPED: PlayerView = { position: 0, playing: false, speed: 1, skipIdle: true };
const nothing = () => () => undefined;
const stopped = () => STOPPED;

/** The player's position and settings; while it plays, drives it with the page's frames. */
export function usePlayerView(player: Player | null): PlayerView {
  const view = useSyncExternalStore(player?.subscribe ?? nothing, player?.current ?? stopped);
  const { playing } = view;
  useEffect(() => {
    if (!player || !playing) return;
    let before = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      player.tick(Math.max(0, now - before));
      before = now;
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [player, playing]);
  return view;
}
