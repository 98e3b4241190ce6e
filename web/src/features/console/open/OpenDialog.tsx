import { Button, Group, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { openSession } from '~/lib/api/queries';
import css from './OpenDialog.module.css';
import { OptionCards } from './OptionCards';
import type { OpenWish } from './OpenWish';
import { reasonProblem } from './reason';
import { ReasonField } from './ReasonField';

interface Props {
  wish: OpenWish;
  onClose: () => void;
}

/** The terminal's size before it is measured; it is resized as soon as it stands. */
const FIRST_SIZE = { columns: 120, rows: 32 };

/** Reason and option, Enter all the way. The session's own page then shows the launch. */
export function OpenDialog({ wish: { target, option: wished, reason: earlier = '' }, onClose }: Props) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [reason, setReason] = useState(earlier);
  const [option, setOption] = useState(() => (target.options.find(({ name }) => name === wished) ?? target.options[0])?.name ?? '');
  const [asked, setAsked] = useState(false);
  const problem = reasonProblem(target, reason);
  const opening = useMutation({
    mutationFn: () => openSession(client, target, { target: target.name, option, reason: reason.trim(), ...FIRST_SIZE }),
    onSuccess: (id) => void navigate(`/sessions/${id}`),
  });
  const [before] = useState(() => document.activeElement);
  useEffect(() => () => {
    // Closed without opening: back to where the keyboard was.
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  }, [before]);
  useEffect(() => {
    // The page that comes next is there when it is wanted.
    void import('../session/SessionPage');
    void import('~/lib/stream/hubConnection');
  }, []);
  return (
    <Modal opened onClose={onClose} title={<strong>Open {target.title}</strong>} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (problem === null && !opening.isPending) opening.mutate();
        }}
      >
        <p className="dim">
          {target.repl} on <span className="mono">{target.database}</span>, read-only. Everything is recorded.
        </p>
        <ReasonField target={target} value={reason} problem={problem} asked={asked} onChange={setReason} />
        <OptionCards options={target.options} value={option} onChange={setOption} />
        {opening.isError && (
          <p role="alert" className={css.failure}>
            {opening.error.message}
          </p>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={problem !== null && reason.trim() !== ''} loading={opening.isPending}>
            Open
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
