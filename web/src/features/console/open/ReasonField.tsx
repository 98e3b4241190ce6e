import { TextInput } from '@mantine/core';
import type { Target } from '~/types/api';
import css from './OpenDialog.module.css';

interface Props {
  target: Target;
  value: string;
  problem: string | null;
  /** Opening was tried: a reason that is missing is told too. */
  asked: boolean;
  onChange: (value: string) => void;
}

/** Why the session is needed, checked against the policy's pattern as it is typed. */
export function ReasonField({ target, value, problem, asked, onChange }: Props) {
  const typed = value.trim() !== '';
  return (
    <TextInput
      label={target.reasonRequired ? 'Reason' : 'Reason (optional)'}
      description={typed ? undefined : hint(target)}
      size="sm"
      data-autofocus
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={(typed || asked) && problem}
      rightSection={typed && !problem ? <span className={css.fits} role="img" aria-label="The reason fits">✓</span> : null}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
    />
  );
}

function hint(target: Target): string {
  if (target.reasonExample) return `For example: ${target.reasonExample}`;
  return target.reasonRequired ? 'A reviewer will read it.' : 'A reviewer will read it, if you give one.';
}
