import { Radio } from '@mantine/core';
import type { TargetOption } from '~/types/api';
import css from './OpenDialog.module.css';

interface Props {
  options: TargetOption[];
  value: string;
  onChange: (value: string) => void;
}

/** The command lines that the SRE offers. Nothing else can be run. */
export function OptionCards({ options, value, onChange }: Props) {
  return (
    <Radio.Group label="Option" value={value} onChange={onChange}>
      <div className={css.cards}>
        {options.map((option) => (
          <Radio.Card key={option.name} value={option.name} className={css.card} onKeyDown={submitOnEnter}>
            <Radio.Indicator size="xs" mt={3} />
            <span>
              <span className={css.optionTitle}>{option.title}</span>
              <br />
              <span className="dim">{option.description}</span>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}

/** Enter on a card opens, as it does in the reason. */
function submitOnEnter(event: React.KeyboardEvent<HTMLButtonElement>) {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
