import { expect, test } from 'vitest';
import { target } from '~/testing/fixtures';
import { reasonProblem } from './reason';

test('A required reason must be there and fit the pattern', () => {
  const wanted = target({ reasonRequired: true, reasonPattern: '^REC-\\d+ .+', reasonExample: 'REC-1 slow' });
  expect(reasonProblem(wanted, ' ')).toBe('The policy asks for a reason.');
  expect(reasonProblem(wanted, 'because')).toContain('REC-1 slow');
  expect(reasonProblem(wanted, ' REC-12 slow search ')).toBeNull();
});

test('An optional reason may be left out, but fits when given', () => {
  const wanted = target({ reasonRequired: false, reasonPattern: '^REC', reasonExample: null });
  expect(reasonProblem(wanted, '')).toBeNull();
  expect(reasonProblem(wanted, 'x')).toContain('^REC');
});

test('A pattern that only .NET can read is left to the gateway', () => {
  expect(reasonProblem(target({ reasonPattern: '(?>a)' }), 'b')).toBeNull();
});
