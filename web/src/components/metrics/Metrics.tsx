import { lazy, Suspense, type ComponentProps } from 'react';
import { Waiting } from '../Waiting';

const MetricsPanel = lazy(async () => ({ default: (await import('./MetricsPanel')).MetricsPanel }));

/** The panel with its charts, loaded when it is first shown. */
export function Metrics(props: ComponentProps<typeof MetricsPanel>) {
  return (
    <Suspense fallback={<div style={{ padding: '0 0.75rem' }}><Waiting rows={3} label="Loading the charts" /></div>}>
      <MetricsPanel {...props} />
    </Suspense>
  );
}
