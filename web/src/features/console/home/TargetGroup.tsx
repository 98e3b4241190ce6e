import type { Target } from '~/types/api';
import type { ApplicationTargets } from './groupTargets';
import css from './TargetGroup.module.css';
import { TargetRow } from './TargetRow';

interface Props {
  group: ApplicationTargets;
  onOpen: (target: Target) => void;
}

export function TargetGroup({ group, onOpen }: Props) {
  return (
    <section className={css.group} aria-label={group.application}>
      <h2>{group.application}</h2>
      <ul className={css.rows}>
        {group.targets.map((target) => (
          <TargetRow key={target.name} target={target} onOpen={() => onOpen(target)} />
        ))}
      </ul>
    </section>
  );
}
