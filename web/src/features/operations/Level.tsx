import css from './Level.module.css';

interface Props {
  /** Null before the first measurement. */
  value: number | null;
  limit: number;
  words: (value: number) => string;
}

/** From this part of the limit on, a word says that it is near. */
const NEAR = 0.9;

/** A value in figures over a bar that is full at the limit. */
export function Level({ value, limit, words }: Props) {
  if (value === null) return <span className="dim">–</span>;
  const part = Math.min(1, value / limit);
  const near = part >= NEAR;
  return (
    <span className={css.level} title={`${words(value)} of ${words(limit)}`}>
      <span>
        {near && <span className={css.near}>near limit </span>}
        {words(value)}
      </span>
      <span className={css.bar} aria-hidden><span data-near={near} style={{ width: `${part * 100}%` }} /></span>
    </span>
  );
}
