import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('The page has no inline script and fetches nothing from elsewhere', () => {
  const page = readFileSync('index.html', 'utf8');
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
  expect(page).not.toMatch(/\son\w+=/);
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
});
