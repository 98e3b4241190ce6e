import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { NO_SESSION, tellSession } from '~/lib/transcript/sessionState';
import { events, statement } from '~/testing/events';
import { expectAccessible, renderPage } from '~/testing/renderPage';
import { StatementList } from './StatementList';

const { statements } = tellSession(
  NO_SESSION,
  events([
    ...statement(1, 'select 1\nfrom t', 'approved', { rows: 12_345 }),
    ...statement(2, 'insert into t values (1)', 'denied', { rows: 0, sqlState: '42501' }),
  ]),
);

test('A row says verdict, first line, rows and time', async () => {
  const { container } = renderPage(<StatementList statements={statements} empty="none" />);
  expect(screen.getByRole('button', { name: /approved select 1.*12,345 rows.*1\.5 ms/ })).toBeVisible();
  expect(screen.getByRole('button', { name: /denied insert into/ })).toBeVisible();
  await expectAccessible(container);
});

test('A row opens to rule, reason and hint, and tells that it was chosen', async () => {
  const chosen: number[] = [];
  renderPage(<StatementList statements={statements} empty="none" onChoose={({ number }) => chosen.push(number)} />);
  await userEvent.click(screen.getByRole('button', { name: /denied/ }));
  for (const text of ['a-rule', 'Because.', 'Do this instead.']) expect(screen.getByText(text)).toBeVisible();
  expect(chosen).toEqual([2]);
});

test('An approved statement that failed keeps its verdict, and its outcome says the rest', async () => {
  const cut = tellSession(NO_SESSION, events(statement(1, 'select pg_sleep(30)', 'approved', { rows: 0, sqlState: '57014' })));
  renderPage(<StatementList statements={cut.statements} empty="none" />);
  await userEvent.click(screen.getByRole('button', { name: /failed/ }));
  expect(screen.getByText('Verdict').parentElement).toHaveTextContent('approved');
  expect(screen.getByText('Outcome').parentElement).toHaveTextContent('57014');
});

test('An empty list says what would stand there', () => {
  renderPage(<StatementList statements={[]} empty="Statements stand here." />);
  expect(screen.getByText('Statements stand here.')).toBeVisible();
});

test('Of ten thousand statements only those in sight are in the page', () => {
  const many = tellSession(NO_SESSION, events(Array.from({ length: 10_000 }, (_, index) => statement(index + 1, 'select 1', 'approved')).flat()));
  renderPage(<StatementList statements={many.statements} empty="none" />);
  expect(screen.getAllByRole('button').length).toBeLessThan(100);
});
