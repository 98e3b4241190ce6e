import type { ITheme } from '@xterm/xterm';

/** ANSI colours for both schemes; xterm's minimum contrast ratio lifts what a REPL paints on its own grounds. */
export const TERMINAL_THEMES: Record<'light' | 'dark', ITheme> = {
  light: {
    background: '#ffffff', foreground: '#1b1e22', cursor: '#3154cf', cursorAccent: '#ffffff',
    selectionBackground: '#c9d5fb', selectionInactiveBackground: '#e3e6ee',
    black: '#1b1e22', red: '#b3261e', green: '#17734a', yellow: '#855400', blue: '#2b49b5', magenta: '#8a3a94', cyan: '#0e6c78', white: '#6a7079',
    brightBlack: '#5a6068', brightRed: '#c9362d', brightGreen: '#1c8457', brightYellow: '#946000', brightBlue: '#3154cf', brightMagenta: '#9c47a7', brightCyan: '#117a87', brightWhite: '#33383e',
  },
  dark: {
    background: '#101214', foreground: '#e3e6ea', cursor: '#97abf5', cursorAccent: '#101214',
    selectionBackground: '#33427c', selectionInactiveBackground: '#2b3037',
    black: '#2b3037', red: '#ff8f85', green: '#5fd39b', yellow: '#e3b04b', blue: '#97abf5', magenta: '#d79be0', cyan: '#6fcad6', white: '#cfd4da',
    brightBlack: '#8d959f', brightRed: '#ffaca4', brightGreen: '#86e3b5', brightYellow: '#f0c877', brightBlue: '#b9c6f7', brightMagenta: '#e6b9ec', brightCyan: '#98dee7', brightWhite: '#ffffff',
  },
};
