import type { Terminal } from '@xterm/xterm';

interface Actions {
  paste: (text: string) => void;
  search: () => void;
  leave: () => void;
}

/** The keys that the page takes before the REPL gets them. Returns false for those, as xterm asks for. */
export function clipboardKeys(terminal: Terminal, actions: Actions): (event: KeyboardEvent) => boolean {
  const take = (event: KeyboardEvent, act: () => void) => {
    event.preventDefault();
    act();
    return false;
  };
  const copy = () => {
    navigator.clipboard.writeText(terminal.getSelection()).then(() => terminal.clearSelection(), () => undefined);
  };
  const paste = () => {
    navigator.clipboard.readText().then(actions.paste, () => undefined);
  };
  return (event) => {
    if (event.type !== 'keydown') return true;
    if (event.key === 'F6') return take(event, actions.leave);
    if (!event.ctrlKey || event.altKey || event.metaKey) return true;
    const key = event.key.toLowerCase();
    if (event.shiftKey) {
      if (key === 'c') return take(event, copy);
      if (key === 'v') return take(event, paste);
      if (key === 'f') return take(event, actions.search);
      return true;
    }
    if (key === 'c' && terminal.hasSelection()) return take(event, copy);
    // Left to the browser, which answers with a paste event.
    return key !== 'v';
  };
}
