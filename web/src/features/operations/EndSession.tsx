import { Button, Popover } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { operationsQuery } from '~/lib/api/operations';
import { endSession } from '~/lib/api/queries';
import type { LiveSession } from '~/types/api';
import css from './EndSession.module.css';

/** Ends somebody's session after one question, which says whose it is. */
export function EndSession({ session: { id, owner, title } }: { session: LiveSession }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const ending = useMutation({
    mutationFn: () => endSession(client, id),
    onSuccess: () => setAsking(false),
    onSettled: () => client.invalidateQueries({ queryKey: operationsQuery.queryKey }),
  });
  return (
    <Popover opened={asking} onChange={setAsking} position="bottom-end" width={280} withinPortal trapFocus>
      <Popover.Target>
        <Button
          variant="outline"
          c="var(--denied)"
          bd="1px solid var(--denied)"
          aria-label={`End ${owner}’s session on ${title}`}
          loading={ending.isPending}
          onClick={() => setAsking(true)}
        >
          End
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={`End ${owner}’s session on ${title}`} className={css.question}>
        <p>
          This is <strong>{owner}</strong>’s session on <strong>{title}</strong>. Its REPL stops and what it holds is lost. {owner} sees that you ended it; the
          transcript stays.
        </p>
        {ending.isError && <p role="alert" className={css.failure}>{ending.error.message}</p>}
        <Button mt="xs" fullWidth variant="default" c="var(--denied)" bd="1px solid var(--denied)" loading={ending.isPending} onClick={() => ending.mutate()}>
          End {owner}’s session
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
