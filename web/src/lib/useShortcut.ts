import { useEffect, useRef } from 'react';

/** Runs on a key that is pressed anywhere but in a field, the terminal or a dialog. The key is `KeyboardEvent.key`. */
export function useShortcut(key: string, run: (event: KeyboardEvent) => void, enabled = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTaken(key, event.target)) return;
      event.preventDefault();
      latest.current(event);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [key, enabled]);
}

/** A field takes every key, a control takes those that press it, and behind an open dialog nothing happens. */
function isTaken(key: string, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="dialog"]')) return true;
  if (target.matches('input, textarea, select, [contenteditable="true"]')) return true;
  if (key === ' ') return target.matches('button, summary, [role="button"]');
  if (key.startsWith('Arrow')) return target.matches('[role="slider"], [role="radio"], [role="tab"]');
  return key === 'Enter' && target.matches('a, button, summary');
}
