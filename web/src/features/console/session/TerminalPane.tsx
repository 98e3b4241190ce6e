import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { createTerminal, type TerminalParts } from '~/components/terminal/createTerminal';
import { TerminalSearch } from '~/components/terminal/TerminalSearch';
import { cleanPaste, lineCount } from '~/lib/paste';
import { clipboardKeys } from './clipboardKeys';
import type { LiveSession } from './LiveSession';
import { PasteDialog } from './PasteDialog';
import css from './TerminalPane.module.css';
import { TerminalScreen } from './TerminalScreen';

interface Props {
  live: LiveSession;
  /** The connection is lost: the screen stays, dimmed. */
  dimmed: boolean;
  ended: boolean;
  /** F6: the focus goes to the strip. */
  onLeave: () => void;
}

/** The terminal of a live session: typing, pasting, searching, fitting. */
export function TerminalPane({ live, dimmed, ended, onLeave }: Props) {
  const scheme = useComputedColorScheme('light');
  const box = useRef<HTMLDivElement>(null);
  const screen = useRef<TerminalScreen | null>(null);
  const [parts, setParts] = useState<TerminalParts | null>(null);
  const [searching, setSearching] = useState(false);
  const [pasting, setPasting] = useState<string | null>(null);
  const [askPaste, setAskPaste] = useState(true);
  const paste = useEffectEvent((raw: string) => {
    const text = cleanPaste(raw);
    if (text === '' || ended) return;
    if (askPaste && lineCount(text) > 1) setPasting(text);
    else parts?.terminal.paste(text);
  });
  const firstScheme = useEffectEvent(() => scheme);
  const leave = useEffectEvent(onLeave);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const ending = new AbortController();
    void createTerminal(element, firstScheme()).then((made) => {
      if (ending.signal.aborted) {
        made.dispose();
        return;
      }
      ending.signal.addEventListener('abort', made.dispose);
      const encoder = new TextEncoder();
      made.terminal.onData((text) => void live.type(encoder.encode(text)));
      made.terminal.onBinary((text) => void live.type(Uint8Array.from(text, (char) => char.charCodeAt(0))));
      made.terminal.attachCustomKeyEventHandler(
        clipboardKeys(made.terminal, { paste: (text) => paste(text), search: () => setSearching(true), leave: () => leave() }),
      );
      screen.current = new TerminalScreen(made, ({ columns, rows }) => live.resize(columns, rows));
      const watching = new ResizeObserver(() => screen.current?.fit());
      watching.observe(element);
      ending.signal.addEventListener('abort', () => watching.disconnect());
      setParts(made);
      made.terminal.focus();
      ending.signal.addEventListener('abort', live.start(screen.current));
    });
    return () => ending.abort();
  }, [live]);

  useEffect(() => {
    parts?.paint(scheme);
  }, [parts, scheme]);
  useEffect(() => {
    if (ended) screen.current?.stop();
  }, [ended, parts]);
  useEffect(() => {
    // Before xterm's own listener: a paste of several lines asks first.
    const element = box.current;
    const onPaste = (event: ClipboardEvent) => {
      event.preventDefault();
      event.stopPropagation();
      paste(event.clipboardData?.getData('text/plain') ?? '');
    };
    element?.addEventListener('paste', onPaste, true);
    return () => element?.removeEventListener('paste', onPaste, true);
  }, []);

  const back = () => parts?.terminal.focus();
  return (
    <div className={css.pane}>
      <div ref={box} className={css.terminal} data-dimmed={dimmed} data-testid="terminal" />
      {searching && parts && (
        <TerminalSearch
          search={parts.search}
          onClose={() => {
            setSearching(false);
            back();
          }}
        />
      )}
      {pasting !== null && (
        <PasteDialog
          text={pasting}
          onDecide={(yes, askAgain) => {
            setPasting(null);
            setAskPaste(askAgain);
            if (yes) parts?.terminal.paste(pasting);
            back();
          }}
        />
      )}
    </div>
  );
}
