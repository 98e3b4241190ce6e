import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { useShortcut } from '~/lib/useShortcut';
import { RANGES, type Range, type ReviewFilter } from './reviewFilter';
import css from './ReviewPage.module.css';

interface Props {
  filter: ReviewFilter;
  onChange: (filter: ReviewFilter) => void;
}

const TYPING_PAUSE = 300;

/** The filters as a sentence that can be read aloud. */
export function FilterSentence({ filter, onChange }: Props) {
  const [user, setUser] = useState(filter.user);
  const [target, setTarget] = useState(filter.target);
  const first = useRef<HTMLInputElement>(null);
  useShortcut('/', () => first.current?.focus());
  const changeLater = useDebouncedCallback((part: Partial<ReviewFilter>) => onChange({ ...filter, ...part }), TYPING_PAUSE);
  return (
    <form className={css.sentence} role="search" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <span>Sessions by</span>
      <TextInput
        ref={first}
        size="xs"
        w={130}
        aria-label="User"
        placeholder="anyone"
        value={user}
        onChange={({ currentTarget: { value } }) => {
          setUser(value);
          changeLater({ user: value.trim(), target: target.trim() });
        }}
      />
      <span>on</span>
      <TextInput
        size="xs"
        w={130}
        aria-label="Target"
        placeholder="any target"
        value={target}
        onChange={({ currentTarget: { value } }) => {
          setTarget(value);
          changeLater({ target: value.trim(), user: user.trim() });
        }}
      />
      <span>in the</span>
      <NativeSelect
        size="xs"
        aria-label="Time range"
        value={filter.range}
        data={Object.entries(RANGES).map(([value, label]) => ({ value, label }))}
        onChange={(event) => onChange({ ...filter, range: event.currentTarget.value as Range })}
      />
      <Checkbox
        size="xs"
        label="with denials only"
        checked={filter.deniedOnly}
        onChange={(event) => onChange({ ...filter, deniedOnly: event.currentTarget.checked })}
      />
    </form>
  );
}
