import { ActionIcon, TextInput } from '@mantine/core';
import type { SearchAddon } from '@xterm/addon-search';
import { useEffect, useState } from 'react';
import css from './TerminalSearch.module.css';

interface Props {
  search: SearchAddon;
  onClose: () => void;
}

const DECORATIONS = {
  matchBackground: '#7a5d13',
  matchOverviewRuler: '#e3b04b',
  activeMatchBackground: '#b86f00',
  activeMatchColorOverviewRuler: '#ff8f00',
};

/** Searches what the terminal holds, scrollback included. */
export function TerminalSearch({ search, onClose }: Props) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<{ index: number; count: number } | null>(null);
  useEffect(() => {
    const listening = search.onDidChangeResults(({ resultIndex, resultCount }) => setFound({ index: resultIndex, count: resultCount }));
    return () => {
      listening.dispose();
      search.clearDecorations();
    };
  }, [search]);

  const look = (forward: boolean, words = text) => {
    if (words === '') search.clearDecorations();
    else if (forward) search.findNext(words, { decorations: DECORATIONS, incremental: words !== text });
    else search.findPrevious(words, { decorations: DECORATIONS });
  };
  return (
    <div className={css.search} role="search">
      <TextInput
        size="xs"
        autoFocus
        aria-label="Search the terminal"
        placeholder="Search"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          look(true, event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') look(!event.shiftKey);
          if (event.key === 'Escape') onClose();
        }}
      />
      <span className={css.found} role="status">
        {text !== '' && found && (found.count === 0 ? 'none' : `${found.index + 1} of ${found.count}`)}
      </span>
      <ActionIcon aria-label="Match before" onClick={() => look(false)}>↑</ActionIcon>
      <ActionIcon aria-label="Next match" onClick={() => look(true)}>↓</ActionIcon>
      <ActionIcon aria-label="Close the search" onClick={onClose}>✕</ActionIcon>
    </div>
  );
}
