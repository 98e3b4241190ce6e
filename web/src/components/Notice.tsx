import type { ReactNode } from 'react';
import css from './Notice.module.css';

interface Props {
  title: string;
  tone?: 'plain' | 'denied' | 'flagged';
  children?: ReactNode;
}

/** A whole-page or whole-list message: what happened, and what to do. */
export function Notice({ title, tone = 'plain', children }: Props) {
  return (
    <section className={css.notice} data-tone={tone} role={tone === 'plain' ? undefined : 'alert'}>
      <h2>{title}</h2>
      <div className={css.body}>{children}</div>
    </section>
  );
}
