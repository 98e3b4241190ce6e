import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { createTerminal, type TerminalParts } from '~/components/terminal/createTerminal';
import type { Recording } from '~/lib/transcript/Recording';
import { Player } from './Player';
import css from './TranscriptPage.module.css';

interface Props {
  recording: Recording;
  onReady: (player: Player | null) => void;
}

/** Width of a cell as a part of the font's size, in the bundled font. */
const CELL = 0.602;
const SMALLEST_FONT = 7;
const LARGEST_FONT = 13;

/** The recorded screen in its recorded size, its letters scaled to the room there is. */
export function ReplayScreen({ recording, onReady }: Props) {
  const scheme = useComputedColorScheme('light');
  const box = useRef<HTMLDivElement>(null);
  const [parts, setParts] = useState<TerminalParts | null>(null);
  const firstScheme = useEffectEvent(() => scheme);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const ending = new AbortController();
    void createTerminal(element, firstScheme(), { disableStdin: true, cursorBlink: false, scrollback: 5000 }).then((made) => {
      if (ending.signal.aborted) {
        made.dispose();
        return;
      }
      ending.signal.addEventListener('abort', made.dispose);
      const scale = () => scaleFont(made.terminal, element.clientWidth);
      const watching = new ResizeObserver(scale);
      watching.observe(element);
      ending.signal.addEventListener('abort', () => watching.disconnect());
      setParts(made);
      onReady(new Player(recording, screenOf(made.terminal, scale)));
    });
    return () => {
      ending.abort();
      onReady(null);
    };
  }, [recording, onReady]);
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

function scaleFont(terminal: TerminalParts['terminal'], width: number): void {
  const size = Math.floor((width - 16) / (terminal.cols * CELL) * 2) / 2;
  terminal.options.fontSize = Math.min(LARGEST_FONT, Math.max(SMALLEST_FONT, size));
}
