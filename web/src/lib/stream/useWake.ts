import { useEffect, useRef } from 'react';

/** Timers stand still while a machine sleeps: a gap this long means that it did. */
const GAP = 10_000;

/** Calls when the network came back, the tab is shown again, or the machine woke. */
export function useWake(run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const wake = () => latest.current();
    const shown = () => {
      if (document.visibilityState === 'visible') wake();
    };
    let before = Date.now();
    const watch = setInterval(() => {
      const now = Date.now();
      if (now - before > GAP) wake();
      before = now;
    }, 2000);
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', shown);
    return () => {
      clearInterval(watch);
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', shown);
    };
  }, []);
}
