import type { RouteObject } from 'react-router';
import { ConsolesPage } from '~/features/console/home/ConsolesPage';
import { Crash } from './Crash';
import { Frame } from './Frame';
import { NotFound } from './NotFound';
import { Permitted } from './Permitted';
import { Waiting } from '~/components/Waiting';

/** All but the consoles' page is loaded when it is first opened. */
export const routes: RouteObject[] = [
  {
    path: '/',
    element: <Frame />,
    errorElement: <Crash />,
    hydrateFallbackElement: <Waiting />,
    children: [
      {
        errorElement: <Crash />,
        children: [
          { index: true, element: <Permitted permission="console:open" page={<ConsolesPage />} /> },
          {
            path: 'sessions/:id',
            lazy: async () => ({ Component: (await import('~/features/console/session/SessionPage')).SessionPage }),
          },
          {
            path: 'review',
            lazy: async () => {
              const { ReviewPage } = await import('~/features/review/list/ReviewPage');
              return { element: <Permitted permission="review:read" page={<ReviewPage />} /> };
            },
          },
          {
            path: 'review/:id',
            lazy: async () => {
              const { TranscriptPage } = await import('~/features/review/transcript/TranscriptPage');
              return { element: <Permitted permission="review:read" page={<TranscriptPage />} /> };
            },
          },
          {
            path: 'policies/:name?',
            lazy: async () => {
              const { PoliciesPage } = await import('~/features/policies/PoliciesPage');
              return { element: <Permitted permission="policy:read" page={<PoliciesPage />} /> };
            },
          },
          {
            path: 'operations',
            lazy: async () => {
              const { OperationsPage } = await import('~/features/operations/list/OperationsPage');
              return { element: <Permitted permission="operations:read" page={<OperationsPage />} /> };
            },
          },
          {
            path: 'operations/sessions/:id',
            lazy: async () => {
              const { RunningPage } = await import('~/features/operations/session/RunningPage');
              return { element: <Permitted permission="operations:read" page={<RunningPage />} /> };
            },
          },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
];
