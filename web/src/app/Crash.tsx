import { Button } from '@mantine/core';
import { useRouteError } from 'react-router';
import { Notice } from '~/components/Notice';

/** The page itself failed. Running sessions are on the gateway and do not care. */
export function Crash() {
  const failure = useRouteError();
  const message = failure instanceof Error ? failure.message : 'Something unexpected happened.';
  return (
    <Notice page title="This page failed" tone="denied">
      <p>{message}</p>
      <p>Your sessions keep running on the gateway. Load the page again; if it fails again, tell whoever runs SafeConsole.</p>
      <Button mt="sm" onClick={() => window.location.reload()}>
        Load the page again
      </Button>
    </Notice>
  );
}
