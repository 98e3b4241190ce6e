import type { RouteObject } from 'react-router';
import { ConsolesPage } from '~/features/console/home/ConsolesPage';
import { Crash } from './Crash';
import { Frame } from './Frame';
import { NotFound } from './NotFound';
import { Permitted } from './Permitted';
import { Waiting } from '~/components/Waiting';

/** The terminal, the player and the policy pages are loaded when they are first opened. */
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
            path: 'policies/:name?',
            lazy: async () => {
              const { PoliciesPage } = await import('~/features/policies/PoliciesPage');
              return { element: <Permitted permission="policy:read" page={<PoliciesPage />} /> };
            },
          },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
];
