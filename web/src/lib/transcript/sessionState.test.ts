import { expect, test } from 'vitest';
import { ended, events, OPENED, output, statement } from '~/testing/events';
import { NO_SESSION, tellSession } from './sessionState';
import { hasFailed, lastExecution } from './statements';

test('A launch is told stage by stage until it is ready', () => {
  const list = events([
    OPENED,
    { type: 'runner.stage', stage: 'queued', seconds: 0.1, detail: null },
    { type: 'replica.proven', connection: 0, passed: true, checks: [] },
    { type: 'runner.stage', stage: 'ready', seconds: 0.2, detail: null },
  ]);
  const before = tellSession(NO_SESSION, list.slice(0, 3));
  expect(before).toMatchObject({ ready: false, proof: { passed: true, connection: 0 }, last: 3 });
  expect(tellSession(before, list.slice(3))).toMatchObject({ ready: true, stages: [{ stage: 'queued' }, { stage: 'ready' }] });
});

test('Events that were told before change nothing', () => {
  const list = events([OPENED, ...statement(1, 'select 1', 'approved', { rows: 1 })]);
  const state = tellSession(NO_SESSION, list);
  expect(tellSession(state, list)).toBe(state);
});

test('A statement goes from submitted to judged to completed', () => {
  const list = events(statement(1, 'select 1', 'approved', { rows: 3 }));
  const submitted = tellSession(NO_SESSION, list.slice(0, 1));
  expect(submitted.statements[0]?.verdict).toBe('judging');
  const completed = tellSession(submitted, list.slice(1));
  expect(completed.statements[0]).toMatchObject({ verdict: 'approved', rule: 'a-rule' });
  expect(completed.statements[0] && lastExecution(completed.statements[0])?.outcome?.rows).toBe(3);
  expect(submitted.statements[0]?.verdict).toBe('judging');
});

test('A denied statement has not failed, an approved one with an error has', () => {
  const { statements } = tellSession(
    NO_SESSION,
    events([...statement(1, 'insert', 'denied', { rows: 0, sqlState: '42501' }), ...statement(2, 'select', 'approved', { rows: 0, sqlState: '57014' })]),
  );
  expect(statements.map(hasFailed)).toEqual([false, true]);
});

test('Each run of a prepared statement keeps its own parameters and outcome', () => {
  const { statements } = tellSession(
    NO_SESSION,
    events([
      ...statement(1, 'select $1', 'approved'),
      { type: 'statement.bound', statement: 1, execution: 1, parameters: ['a', null] },
      { type: 'statement.completed', statement: 1, execution: 1, rows: 1, bytes: 1, milliseconds: 1 },
      { type: 'statement.bound', statement: 1, execution: 2, parameters: ['b', null] },
      { type: 'statement.completed', statement: 1, execution: 2, rows: 2, bytes: 1, milliseconds: 1 },
    ]),
  );
  expect(statements[0]?.executions.map((run) => [run.parameters?.[0], run.outcome?.rows])).toEqual([['a', 1], ['b', 2]]);
});

test('Viewers come and go, and the end is kept', () => {
  const viewer = { issuer: 'demo', subject: 'rosa', name: 'rosa' };
  const list = events([OPENED, { type: 'viewer.joined', viewer }, { type: 'viewer.left', viewer }, output('x'), ended]);
  expect(tellSession(NO_SESSION, list.slice(0, 2)).viewers).toEqual(['rosa']);
  expect(tellSession(NO_SESSION, list)).toMatchObject({ viewers: [], ended: { sentence: 'You ended it.' } });
});
