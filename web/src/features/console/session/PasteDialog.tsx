import { Button, Checkbox, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { lineCount } from '~/lib/paste';
import css from './PasteDialog.module.css';

interface Props {
  text: string;
  onDecide: (paste: boolean, askAgain: boolean) => void;
}

/** Asks before several lines are entered at once: each line end may run what stands before it. */
export function PasteDialog({ text, onDecide }: Props) {
  const [quiet, setQuiet] = useState(false);
  return (
    <Modal opened onClose={() => onDecide(false, true)} title={<strong>Paste {lineCount(text)} lines?</strong>} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <p className="dim">The REPL may run each line as it arrives.</p>
      {/* Scrollable, so the keyboard must be able to reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={css.text} tabIndex={0} aria-label="What would be pasted">{text}</pre>
      <Group justify="space-between">
        <Checkbox size="xs" label="Do not ask again in this session" checked={quiet} onChange={(event) => setQuiet(event.currentTarget.checked)} />
        <Group gap="xs">
          <Button variant="default" onClick={() => onDecide(false, !quiet)}>Cancel</Button>
          <Button data-autofocus onClick={() => onDecide(true, !quiet)}>Paste</Button>
        </Group>
      </Group>
    </Modal>
  );
}
