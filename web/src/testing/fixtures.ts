import type { LiveSession, Me, Session, Target } from '~/types/api';

export function target(part: Partial<Target> = {}): Target {
  return {
    name: 'recipes',
    title: 'Recipes',
    application: 'Recipes',
    environment: 'production',
    owner: 'Recipes team',
    description: 'The recipe-sharing site.',
    repl: 'psql',
    launcher: 'sandbox',
    engine: 'PostgreSQL',
    database: '127.0.0.1:55433/recipes',
    options: [
      { name: 'psql', title: 'psql', description: 'Plain psql' },
      { name: 'wide', title: 'psql, expanded', description: 'One column a line' },
    ],
    limits: { statementTimeoutSeconds: 5, rowsPerStatement: 100_000, bytesPerStatement: 64_000_000, sessionSeconds: 3600, idleSeconds: 900, processors: 1, memory: 536_870_912 },
    reasonRequired: true,
    reasonPattern: null,
    reasonExample: null,
    allowed: true,
    whyNot: null,
    ...part,
  };
}

export function session(part: Partial<Session> = {}): Session {
  return {
    id: 's1',
    target: 'recipes',
    title: 'Recipes',
    option: 'psql',
    reason: 'REC-1 slow search',
    state: 'running',
    startedAt: '2026-11-23T17:00:00Z',
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    endedAt: null,
    endReason: null,
    endSentence: null,
    statements: 3,
    denied: 1,
    ...part,
  };
}

export function me(part: Partial<Me> = {}): Me {
  return { name: 'dana', subject: 'dana', roles: ['developer'], permissions: ['console:open'], demo: false, ...part };
}

export function liveSession(part: Partial<LiveSession> = {}): LiveSession {
  return {
    id: 's1',
    target: 'recipes',
    title: 'Recipes',
    owner: 'dana',
    state: 'running',
    startedAt: '2026-11-23T17:00:00Z',
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    launcher: 'sandbox',
    runner: '4711',
    processors: 0.25,
    memory: 40_000_000,
    memoryLimit: 536_870_912,
    processorLimit: 1,
    statements: 3,
    denied: 1,
    followed: true,
    ...part,
  };
}
