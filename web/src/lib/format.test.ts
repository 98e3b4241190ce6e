import { expect, test } from 'vitest';
import { bytes, countdown, duration, milliseconds, moment, parseMoment, short } from './format';

test.each([[0.42, '0.4 ms'], [38, '38 ms'], [999.6, '1.0 s'], [1234, '1.2 s'], [65_000, '1 min 5 s']])('%d ms reads %s', (value, text) => {
  expect(milliseconds(value)).toBe(text);
});

test.each([[45, '45 s'], [900, '15 min'], [3600, '1 h'], [5400, '1 h 30 min'], [-3, '0 s']])('%d seconds read %s', (value, text) => {
  expect(duration(value)).toBe(text);
});

test.each([[0, '0 B'], [999, '999 B'], [1000, '1 kB'], [3_400_000, '3.4 MB'], [123_456_789, '123 MB']])('%d bytes read %s', (value, text) => {
  expect(bytes(value)).toBe(text);
});

test.each([[999, '999'], [100_000, '100k'], [1_500_000, '1.5M']])('The limit %d reads %s', (value, text) => {
  expect(short(value)).toBe(text);
});

test('A clock runs down to nothing and no further', () => {
  expect([countdown(3599), countdown(3729), countdown(-1)]).toEqual(['59:59', '1:02:09', '0:00']);
});

test('A moment survives its address', () => {
  expect(parseMoment(moment(192_000))).toBe(192_000);
  expect(parseMoment('3:12')).toBe(192_000);
});

test.each(['', '12', 'a:b', '1:2:3:4', '-1:00', '1:2:'])('%j is no moment', (text) => {
  expect(parseMoment(text)).toBeNull();
});
