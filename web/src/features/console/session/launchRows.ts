import type { SessionState, Stage } from '~/lib/transcript/sessionState';

export interface LaunchRow {
  stage: string;
  words: string;
  state: 'done' | 'now' | 'failed' | 'later';
  /** What was found, or why it failed. */
  detail: string | null;
  seconds: number | null;
}

const WORDS: Record<string, string> = {
  queued: 'Waiting for a free place',
  provisioning: 'Finding a place (ECS)',
  pulling: 'Pulling the image',
  starting: 'Starting the runner',
  linking: 'Linking it to the gateway',
  claiming: 'Taking a runner that was ready',
  proving: 'Proving the replica',
  ready: 'Ready',
};

/** A launch with a runner of its own. Whether an image has to be pulled is known only when it was. */
const BOOTED = ['queued', 'provisioning', 'starting', 'linking', 'proving', 'ready'];
const CLAIMED = ['claiming', 'proving', 'ready'];

/**
 * The stages that were reached, then those that are to come, the first of which is under way. Which they are depends on whether a warm runner is
 * there, so at first there is one row: rows are added below, never taken away.
 */
export function launchRows({ stages, ended }: Pick<SessionState, 'stages' | 'ended'>, launcher: string | undefined): LaunchRow[] {
  const coming = comingAfter(stages, launcher);
  const last = stages.at(-1);
  // A sentence that repeats what a stage found is about that stage, though it was reached: a proof that did not pass, a network that was open.
  const failedReached = ended !== null && Boolean(last?.detail && ended.sentence.includes(last.detail));
  return [
    ...stages.map((stage, index) => reached(stage, failedReached && index === stages.length - 1 ? ended.sentence : null)),
    ...coming.map((stage, index): LaunchRow => {
      const underWay = index === 0 && !failedReached;
      const state = underWay ? (ended ? 'failed' : 'now') : 'later';
      return { stage, words: wordsOf(stage), state, detail: underWay ? (ended?.sentence ?? null) : null, seconds: null };
    }),
  ];
}

function comingAfter(stages: Stage[], launcher: string | undefined): string[] {
  const last = stages.at(-1)?.stage;
  if (last === undefined) return ['queued'];
  const path = stages.some(({ stage }) => stage === 'claiming') ? CLAIMED : BOOTED.filter((stage) => stage !== 'provisioning' || launcher === 'ecs');
  // An image is pulled between finding a place and starting.
  const after = last === 'pulling' || last === 'provisioning' ? path.indexOf('starting') - 1 : path.indexOf(last);
  const done = new Set(stages.map(({ stage }) => stage));
  return path.slice(after + 1).filter((stage) => !done.has(stage));
}

function reached({ stage, seconds, detail }: Stage, failure: string | null): LaunchRow {
  return { stage, words: wordsOf(stage), state: failure === null ? 'done' : 'failed', detail: failure ?? detail, seconds };
}

function wordsOf(stage: string): string {
  return WORDS[stage] ?? stage;
}
