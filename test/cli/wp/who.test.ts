import { afterEach, expect, it, vi } from 'vitest';
import { instantNow } from '../../../tools/cli/wp/who.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('the clock of a test is the one that it sets', () => {
  vi.stubEnv('GOVKIT_NOW', '2026-11-30T12:00:00Z');
  expect(instantNow()).toBe(Date.UTC(2026, 10, 30, 12));
});

it.each(['tomorrow', '2026-13-01T00:00:00Z', '2026-11-30 12:00'])('%j is no time', (text) => {
  vi.stubEnv('GOVKIT_NOW', text);
  expect(() => instantNow()).toThrow(
    `Unexpected GOVKIT_NOW "${text}", expected a time such as 2026-11-30T12:00:00Z`,
  );
});
