import { clock, utc, when } from '~/lib/format';

interface Props {
  at: string;
  seconds?: boolean;
}

/** A time in the reader's zone; UTC on hover. */
export function Moment({ at, seconds = false }: Props) {
  return (
    <time dateTime={at} title={utc(at)} style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {seconds ? clock(at) : when(at)}
    </time>
  );
}
