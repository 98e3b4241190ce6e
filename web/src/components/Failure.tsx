import { Button } from '@mantine/core';
import { Notice } from './Notice';

interface Props {
  what: string;
  error: Error;
  retry: () => void;
}

/** What could not be loaded, why, and a way to try again. */
export function Failure({ what, error, retry }: Props) {
  return (
    <Notice title={`${what} could not be loaded`} tone="denied">
      <p>{error.message}</p>
      <Button mt="sm" variant="default" onClick={retry}>
        Try again
      </Button>
    </Notice>
  );
}
