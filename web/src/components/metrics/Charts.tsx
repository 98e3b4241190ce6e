import { useState } from 'react';
import type { Span } from '~/lib/metrics/samples';
import type { Usage } from '~/lib/metrics/usage';
import { Chart } from './Chart';
import { MEMORY, PROCESSORS } from './measures';

export interface UsageLimits {
  processors: number;
  memory: number;
}

interface Props {
  usage: Usage;
  span: Span;
  limits: UsageLimits | undefined;
  moment: number;
  marked?: boolean;
  onChoose?: ((at: number) => void) | undefined;
}

/** Processors and memory over the same time; pointing at one points at both. */
export function Charts({ usage, span, limits, moment, marked = false, onChoose }: Props) {
  const [pointed, setPointed] = useState<number | null>(null);
  const both = { span, pointed, onPoint: setPointed, moment, marked, onChoose };
  return (
    <>
      <Chart measure={PROCESSORS} samples={usage.processors} limit={limits?.processors} {...both} />
      <Chart measure={MEMORY} samples={usage.memory} limit={limits?.memory} {...both} />
    </>
  );
}
