import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { createTerminal, type TerminalParts } from '~/components/terminal/createTerminal';
import type { Recording } from '~/lib/transcript/Recording';
import { Player } from './Player';
import css from './TranscriptPage.module.css';

interface Props {
  /** The player begins with it; what it gains later is the player's to be told. */
  recording: Recording;
  onReady: (player: Player | null) => void;
}

/** Width of a cell as a part of the font's size, in the bundled font. */
const CELL = 0.602;
/** Height of a line as a part of the font's size. */
const LINE = 1.6;
/** Below this nobody reads: a wide recording is scrolled sideways instead. In pixels. */
const SMALLEST_FONT = 9;
const LARGEST_FONT = 13;

/** The recorded screen in its recorded size, its letters scaled to the room there is. */
export function ReplayScreen({ recording, onReady }: Props) {
  const scheme = useComputedColorScheme('light');
  const box = useRef<HTMLDivElement>(null);
  const [parts, setParts] = useState<TerminalParts | null>(null);
  const firstRecording = useEffectEvent(() => recording);
  const firstScheme = useEffectEvent(() => scheme);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const ending = new AbortController();
    const begun = firstRecording();
    void createTerminal(element, firstScheme(), { disableStdin: true, cursorBlink: false, scrollback: 5000 }).then((made) => {
      if (ending.signal.aborted) {
        made.dispose();
        return;
      }
      ending.signal.addEventListener('abort', made.dispose);
      const scale = () => scaleFont(made.terminal, element.clientWidth, roomFor(element));
      const watching = new ResizeObserver(scale);
      watching.observe(element.parentElement ?? element);
      ending.signal.addEventListener('abort', () => watching.disconnect());
      setParts(made);
      onReady(new Player(begun, screenOf(made.terminal, scale)));
    });
    return () => {
      ending.abort();
      onReady(null);
    };
  }, [onReady]);
  useEffect(() => parts?.paint(scheme), [parts, scheme]);
  return (
    <section className={css.screen} aria-label="Replay">
      <div ref={box} className={css.terminal} data-testid="replay" />
    </section>
  );
}

/** Sizes are changed in step with the writes around them, which xterm does later. */
function screenOf(terminal: TerminalParts['terminal'], scale: () => void) {
  return {
    write: (bytes: Uint8Array) => terminal.write(bytes),
    resize: (columns: number, rows: number) =>
      terminal.write('', () => {
        if (columns < 1 || rows < 1) return;
        terminal.resize(columns, rows);
        scale();
      }),
    reset: () => terminal.write('\u001bc'),
  };
}

/** The height that the page leaves for the screen; on a phone it may be as tall as it likes. */
function roomFor(element: HTMLElement): number {
  return window.matchMedia('(max-width: 800px)').matches ? Infinity : (element.parentElement?.clientHeight ?? Infinity);
}

/** The largest letters with which the whole recorded screen is in sight, in half pixels. */
function scaleFont(terminal: TerminalParts['terminal'], width: number, height: number): void {
  const wide = (width - 16) / (terminal.cols * CELL);
  const high = (height - 16) / (terminal.rows * LINE);
  const size = Math.floor(Math.min(wide, high) * 2) / 2;
  terminal.options.fontSize = Math.min(LARGEST_FONT, Math.max(SMALLEST_FONT, size));
}
