import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal, type ITerminalOptions } from '@xterm/xterm';
import { TERMINAL_THEMES } from './terminalThemes';

export interface TerminalParts {
  terminal: Terminal;
  fit: FitAddon;
  search: SearchAddon;
  /** Changes the colours with the page's scheme. */
  paint: (scheme: 'light' | 'dark') => void;
  dispose: () => void;
}

const FONT = '"JetBrains Mono", ui-monospace, Menlo, Consolas, monospace';

/** Builds a terminal in an element, with its font loaded first: cells are measured once. */
export async function createTerminal(element: HTMLElement, scheme: 'light' | 'dark', options: ITerminalOptions = {}): Promise<TerminalParts> {
  await fontsLoaded();
  const terminal = new Terminal({
    allowProposedApi: true,
    fontFamily: FONT,
    fontSize: 13,
    lineHeight: 1.2,
    letterSpacing: 0,
    scrollback: 20_000,
    cursorBlink: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    minimumContrastRatio: 4.5,
    macOptionIsMeta: true,
    rightClickSelectsWord: false,
    theme: TERMINAL_THEMES[scheme],
    ...options,
  });
  const fit = new FitAddon();
  const search = new SearchAddon({ highlightLimit: 500 });
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.loadAddon(new WebLinksAddon((_event, address) => openLink(address)));
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  terminal.open(element);
  terminal.textarea?.setAttribute('aria-label', 'Terminal input');
  const paint = (next: 'light' | 'dark') => {
    terminal.options.theme = TERMINAL_THEMES[next];
  };
  return { terminal, fit, search, paint, dispose: () => terminal.dispose() };
}

/** REPL output is hostile: only web addresses open, in a tab that knows nothing of this one. */
function openLink(address: string): void {
  if (/^https?:\/\//i.test(address)) window.open(address, '_blank', 'noopener,noreferrer');
}

async function fontsLoaded(): Promise<void> {
  try {
    await Promise.all([document.fonts.load(`13px ${FONT}`), document.fonts.load(`bold 13px ${FONT}`)]);
  } catch {
    // A terminal in the fallback font is better than none.
  }
}
