import type { TranscriptEvent } from '~/types/generated/transcript';

type Untold<E> = E extends TranscriptEvent ? Omit<E, 'n' | 'at' | 'prev'> & { at?: string } : never;

/** Events numbered from `first`, a second apart. */
export function events(list: Untold<TranscriptEvent>[], first = 1): TranscriptEvent[] {
  return list.map((event, index) => {
    const n = first + index;
    return { n, at: new Date(Date.UTC(2026, 10, 23, 17, 0, n)).toISOString(), prev: '0'.repeat(64), ...event };
  });
}

export const OPENED = {
  type: 'session.opened',
  session: 's1',
  user: { issuer: 'demo', subject: 'dana', name: 'dana' },
  target: 'recipes',
  option: 'psql',
  reason: 'REC-1 slow search',
  policyRevision: 'abcdef0123',
  columns: 100,
  rows: 30,
} satisfies Untold<TranscriptEvent>;

export const output = (text: string): Untold<TranscriptEvent> => ({ type: 'terminal.output', data: { text } });
export const typed = (text: string): Untold<TranscriptEvent> => ({ type: 'terminal.input', data: { text } });
export const ended: Untold<TranscriptEvent> = { type: 'session.ended', reason: 'EndedByOwner', sentence: 'You ended it.', exitCode: null };

/** A statement that was judged, and what became of it. */
export function statement(number: number, sql: string, verdict: string, outcome?: { rows: number; sqlState?: string }): Untold<TranscriptEvent>[] {
  return [
    { type: 'statement.submitted', statement: number, connection: 1, protocol: 'simple', sql },
    { type: 'statement.judged', statement: number, verdict, rule: 'a-rule', reason: 'Because.', policyRevision: 'abc', hint: 'Do this instead.' },
    ...(outcome ? [{ type: 'statement.completed' as const, statement: number, execution: 0, bytes: 10, milliseconds: 1.5, ...outcome }] : []),
  ];
}

/** The lines as the hub sends them. */
export function lines(list: TranscriptEvent[]): Uint8Array {
  return new TextEncoder().encode(list.map((event) => `${JSON.stringify(event)}\n`).join(''));
}
