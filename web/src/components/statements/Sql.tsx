import { memo } from 'react';
import { sqlPieces } from '~/lib/sql';
import css from './Sql.module.css';

/** SQL with its keywords, strings, numbers and comments told apart. */
export const Sql = memo(function Sql({ text }: { text: string }) {
  return (
    <code className={css.sql}>
      {sqlPieces(text).map((piece, index) => (
        <span key={index} className={css[piece.kind]}>
          {piece.text}
        </span>
      ))}
    </code>
  );
});
