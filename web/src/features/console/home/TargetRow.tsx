import { Button } from '@mantine/core';
import { duration, short } from '~/lib/format';
import type { Target } from '~/types/api';
import css from './TargetRow.module.css';

interface Props {
  target: Target;
  onOpen: () => void;
}

/** One target: what it is, which database it reads, its limits, who owns it, and Open, or why not. */
export function TargetRow({ target, onOpen }: Props) {
  return (
    <li className={css.row} data-allowed={target.allowed} data-target={target.name}>
      <div className={css.what}>
        <div className={css.name}>
          {target.title} <span className={css.environment}>{target.environment}</span>
        </div>
        <div className={css.description}>{target.description}</div>
      </div>
      <div className={css.database}>
        <span>
          {target.repl} <span className="dim">on {target.engine}</span>
        </span>
        <span className={`mono dim ${css.cut}`} title={target.database}>{target.database}</span>
      </div>
      <div className={css.limits}>
        <span>{limitsOf(target)}</span>
        <span className="dim">{target.owner}</span>
      </div>
      <div className={css.action}>
        {target.allowed ? (
          <Button onClick={onOpen} aria-label={`Open ${target.title}`}>Open</Button>
        ) : (
          <span className={css.whyNot}>{target.whyNot ?? 'Your groups are not admitted by its policy.'} Ask {target.owner}.</span>
        )}
      </div>
    </li>
  );
}

function limitsOf({ limits }: Target): string {
  return `${duration(limits.statementTimeoutSeconds)} · ${short(limits.rowsPerStatement)} rows · ${duration(limits.sessionSeconds)}`;
}
