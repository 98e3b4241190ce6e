import { Button, Popover } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { endSession } from '~/lib/api/queries';

/** Ends the session after one question: the REPL's state is lost. */
export function EndButton({ session, title }: { session: string; title: string }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const ending = useMutation({ mutationFn: () => endSession(client, session) });
  return (
    <Popover opened={asking} onChange={setAsking} position="bottom-end" width={260} trapFocus>
      <Popover.Target>
        <Button color="red" variant="outline" c="var(--denied)" bd="1px solid var(--denied)" loading={ending.isPending} onClick={() => setAsking(true)}>
          End
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={`End ${title}`}>
        <p>The REPL stops and what it holds is lost. The transcript stays.</p>
        {ending.isError && <p role="alert" style={{ color: 'var(--denied)' }}>{ending.error.message}</p>}
        <Button mt="xs" fullWidth variant="default" c="var(--denied)" bd="1px solid var(--denied)" onClick={() => ending.mutate()} loading={ending.isPending}>
          End the session
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
