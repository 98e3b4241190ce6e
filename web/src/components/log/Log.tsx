import { lazy, Suspense, type ComponentProps } from 'react';
import { Waiting } from '../Waiting';

const RunnerLog = lazy(async () => ({ default: (await import('./RunnerLog')).RunnerLog }));

/** The runner's log, loaded when it is first shown. */
export function Log(props: ComponentProps<typeof RunnerLog>) {
  return (
    <Suspense fallback={<div style={{ padding: '0 0.75rem' }}><Waiting rows={3} label="Loading the log" /></div>}>
      <RunnerLog {...props} />
    </Suspense>
  );
}
