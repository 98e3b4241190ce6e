import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import axe from 'axe-core';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { expect, vi } from 'vitest';

/** Answers by `/path`, or by `POST /path` where that differs; a function makes one for the query. What is not listed answers 404. */
export type Answers = Record<string, unknown>;

export interface Request {
  method: string;
  path: string;
  body: unknown;
}

/** Stands in for the gateway's HTTP API and notes what it was asked. */
export function answerWith(answers: Answers): Request[] {
  const requests: Request[] = [];
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    const request = { method: init?.method ?? 'GET', path, body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined };
    requests.push(request);
    const route = path.split('?')[0] ?? '';
    const listed = answers[`${request.method} ${route}`] ?? answers[route];
    const answer: unknown = typeof listed === 'function' ? (listed as (query: string) => unknown)(path.split('?')[1] ?? '') : listed;
    if (answer instanceof Response) return Promise.resolve(answer.clone());
    return Promise.resolve(answer === undefined ? problem(404, 'No such thing.') : Response.json(answer));
  });
  return requests;
}

export function problem(status: number, detail: string): Response {
  return new Response(JSON.stringify({ detail }), { status, headers: { 'Content-Type': 'application/problem+json' } });
}

/** Renders a page at an address, with a query client of its own. */
export function renderPage(page: ReactNode, address = '/', pattern = '*') {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter(
    [{ path: pattern, element: page }, { path: '*', element: <p>elsewhere</p> }],
    { initialEntries: [address] },
  );
  const view = render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ...view, client, router };
}

/** Everything that axe-core can tell without a layout. Contrast is looked at in a real browser. */
export async function expectAccessible(element: Element): Promise<void> {
  const { violations } = await axe.run(element, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}
