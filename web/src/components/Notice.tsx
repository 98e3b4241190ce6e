import type { ReactNode } from 'react';
import css from './Notice.module.css';

interface Props {
  title: string;
  /** It is all that the page has to say, so its title is the page's. */
  page?: boolean;
  tone?: 'plain' | 'denied' | 'flagged';
  children?: ReactNode;
}

/** A whole-page or whole-list message: what happened, and what to do. */
export function Notice({ title, page = false, tone = 'plain', children }: Props) {
  const Title = page ? 'h1' : 'h2';
  return (
    <section className={css.notice} data-tone={tone} role={tone === 'plain' ? undefined : 'alert'}>
      <Title>{title}</Title>
      <div className={css.body}>{children}</div>
    </section>
  );
}
