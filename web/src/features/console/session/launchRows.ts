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

/** A launch with a runner of its own. */
const BOOTED = ['queued', 'provisioning', 'pulling', 'starting', 'linking', 'proving', 'ready'];
/** What only runners of some launchers go through. */
const LAUNCHERS: Record<string, string[]> = { provisioning: ['ecs'], pulling: ['docker', 'ecs'] };
const CLAIMED = ['claiming', 'proving', 'ready'];

/**
 * The stages that were reached, then those that are to come, the first of which is under way. Which they are depends on whether a warm runner is
 * there, so at first there is one row: rows are added below, never taken away.
 */
export function launchRows({ stages, notices, ended }: Pick<SessionState, 'stages' | 'notices' | 'ended'>, launcher: string | undefined): LaunchRow[] {
  const coming = comingAfter(stages, launcher);
  const last = stages.at(-1);
  // A sentence that repeats what a stage found is about that stage, though it was reached: a proof that did not pass, a network that was open.
  const failedReached = ended !== null && Boolean(last?.detail && ended.sentence.includes(last.detail));
  return [
    ...stages.map((stage, index) => reached(stage, failedReached && index === stages.length - 1 ? ended.sentence : null)),
    ...coming.map((stage, index): LaunchRow => {
      const underWay = index === 0 && !failedReached;
      const state = underWay ? (ended ? 'failed' : 'now') : 'later';
      const news = notices.findLast(({ code }) => code === stage)?.sentence ?? null;
      return { stage, words: wordsOf(stage), state, detail: underWay ? (ended?.sentence ?? news) : null, seconds: null };
    }),
  ];
}

function comingAfter(stages: Stage[], launcher: string | undefined): string[] {
  const last = stages.at(-1)?.stage;
  if (last === undefined) return ['queued'];
  const path = stages.some(({ stage }) => stage === 'claiming') ? CLAIMED : BOOTED;
  const done = new Set(stages.map(({ stage }) => stage));
  return path.slice(path.indexOf(last) + 1).filter((stage) => !done.has(stage) && (LAUNCHERS[stage]?.includes(launcher ?? '') ?? true));
}

/** A notice of how far a stage is stands in the stage's row, and nowhere else. */
export function isOfLaunch({ code }: { code: string }): boolean {
  return BOOTED.includes(code);
}

function reached({ stage, seconds, detail }: Stage, failure: string | null): LaunchRow {
  return { stage, words: wordsOf(stage), state: failure === null ? 'done' : 'failed', detail: failure ?? detail, seconds };
}

function wordsOf(stage: string): string {
  return WORDS[stage] ?? stage;
}
