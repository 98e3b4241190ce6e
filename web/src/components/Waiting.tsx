import { Skeleton } from '@mantine/core';

interface Props {
  rows?: number;
  label?: string;
}

/** The grey shape of a list that is on its way. */
export function Waiting({ rows = 3, label = 'Loading' }: Props) {
  return (
    <div role="status" aria-label={label} style={{ display: 'grid', gap: 8, padding: '1rem 0' }}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={44} radius="sm" />
      ))}
    </div>
  );
}
