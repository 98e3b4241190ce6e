import { expect, test } from 'vitest';
import { NO_SESSION, tellSession } from '~/lib/transcript/sessionState';
import { events, OPENED } from '~/testing/events';
import { launchRows } from './launchRows';

const reached = (stage: string, detail: string | null = null) => ({ type: 'runner.stage' as const, stage, seconds: 0.5, detail });
const failed = (reason: 'LaunchFailed' | 'ProofFailed', sentence: string) => ({ type: 'session.ended' as const, reason, sentence, exitCode: null });
const rowsOf = (list: Parameters<typeof events>[0], launcher = 'sandbox') =>
  launchRows(tellSession(NO_SESSION, events([OPENED, ...list])), launcher).map(({ stage, state }) => `${stage} ${state}`);

test('At first there is only the wait for a place, for what follows is not known', () => {
  expect(rowsOf([])).toEqual(['queued now']);
});

test('A sandbox has no place to find and no image to pull', () => {
  expect(rowsOf([reached('queued')])).toEqual(['queued done', 'starting now', 'linking later', 'proving later', 'ready later']);
  expect(rowsOf([reached('queued'), reached('starting')])).toEqual(['queued done', 'starting done', 'linking now', 'proving later', 'ready later']);
});

test('ECS finds a place first', () => {
  expect(rowsOf([reached('queued')], 'ecs')).toEqual(['queued done', 'provisioning now', 'pulling later', 'starting later', 'linking later', 'proving later', 'ready later']);
  expect(rowsOf([reached('queued'), reached('provisioning')], 'ecs').slice(0, 3)).toEqual(['queued done', 'provisioning done', 'pulling now']);
});

test('An image is pulled before the runner starts, and how far that is stands in its row', () => {
  const pulling = (sentence: string) => ({ type: 'session.noticed' as const, code: 'pulling', sentence });
  const told = [reached('queued'), pulling('Pulling app:1.'), pulling('Pulling app:1: 3 of 8 layers are there, 212.0 MB loaded.')];
  const rows = launchRows(tellSession(NO_SESSION, events([OPENED, ...told])), 'docker');
  expect(rows[1]).toMatchObject({ stage: 'pulling', state: 'now', detail: 'Pulling app:1: 3 of 8 layers are there, 212.0 MB loaded.' });
  expect(rowsOf([...told, reached('pulling', 'app:1')], 'docker')).toEqual(['queued done', 'pulling done', 'starting now', 'linking later', 'proving later', 'ready later']);
});

test('Who pulled an image while others took all places waits for one again', () => {
  expect(rowsOf([reached('queued'), reached('pulling'), reached('queued')], 'docker')).toEqual(['queued done', 'pulling done', 'queued done', 'starting now', 'linking later', 'proving later', 'ready later']);
});

test('A warm runner leaves the proof and the prompt to come', () => {
  expect(rowsOf([reached('claiming')])).toEqual(['claiming done', 'proving now', 'ready later']);
});

test('Rows are added and never taken away', () => {
  const told = ['queued', 'provisioning', 'pulling', 'starting', 'linking', 'proving'].map((stage) => reached(stage));
  for (let count = 1; count <= told.length; count++) {
    const before = rowsOf(told.slice(0, count - 1), 'ecs').map((row) => row.split(' ')[0]);
    const after = rowsOf(told.slice(0, count), 'ecs').map((row) => row.split(' ')[0]);
    expect(after.filter((stage) => before.includes(stage))).toEqual(before);
  }
});

test('A failure stands at the stage that was under way', () => {
  const told = [reached('queued'), { type: 'session.noticed' as const, code: 'pulling', sentence: 'Pulling app:1.' }, failed('LaunchFailed', 'The image is not there.')];
  const rows = launchRows(tellSession(NO_SESSION, events([OPENED, ...told])), 'docker');
  expect(rows[1]).toMatchObject({ stage: 'pulling', state: 'failed', detail: 'The image is not there.' });
  expect(rows[2]?.state).toBe('later');
});

test('A proof that did not pass failed at the proof, not after it', () => {
  const told = [reached('queued'), reached('starting'), reached('linking'), reached('proving', 'It is no standby.'), failed('ProofFailed', 'It is no standby.')];
  expect(rowsOf(told)).toEqual(['queued done', 'starting done', 'linking done', 'proving failed', 'ready later']);
});

test('A stage that these pages do not know stands by its name', () => {
  expect(rowsOf([reached('queued'), reached('warming')]).slice(0, 2)).toEqual(['queued done', 'warming done']);
});
