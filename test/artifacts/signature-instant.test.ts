import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSignature, signatureInstant } from '../../tools/artifacts/index.ts';

/** `2026-03-29 02:30` by a clock of the zone, as an instant. */
function instantOf(shown: string, zone: string): string | undefined {
  const [, year, month, day, hour, minute] = /^(\d+)-(\d+)-(\d+) (\d+):(\d+)$/.exec(shown)!;
  const signature = parseSignature(`ilja${day}${month}${year}${hour}${minute}`);
  const instant = signatureInstant(signature!, zone);
  return instant === undefined ? undefined : new Date(instant).toISOString().replace(':00.000', '');
}

describe('the instant of a signature', () => {
  it.each([
    ['UTC', '2026-02-24 03:46', '2026-02-24T03:46Z'],
    ['UTC', '2024-02-29 23:59', '2024-02-29T23:59Z'],
    ['Europe/Brussels', '2026-02-24 03:46', '2026-02-24T02:46Z'],
    ['Europe/Brussels', '2026-07-24 03:46', '2026-07-24T01:46Z'],
    ['Europe/Brussels', '2026-01-01 00:30', '2025-12-31T23:30Z'],
    ['America/New_York', '2026-02-24 22:00', '2026-02-25T03:00Z'],
    ['Asia/Kolkata', '2026-02-24 03:46', '2026-02-23T22:16Z'],
    ['Asia/Kathmandu', '2026-02-24 03:46', '2026-02-23T22:01Z'],
    ['Pacific/Chatham', '2026-07-01 00:00', '2026-06-30T11:15Z'],
    ['Pacific/Kiritimati', '2026-02-24 12:00', '2026-02-23T22:00Z'],
    ['Pacific/Pago_Pago', '2026-02-24 12:00', '2026-02-24T23:00Z'],
    ['Etc/GMT+12', '2026-02-24 12:00', '2026-02-25T00:00Z'],
  ])('%s: %s', (zone, shown, expected) => {
    expect(instantOf(shown, zone)).toBe(expected);
  });

  it.each([
    [
      'Europe/Brussels, the last minute of winter',
      'Europe/Brussels',
      '2026-03-29 01:59',
      '2026-03-29T00:59Z',
    ],
    ['Europe/Brussels, put forward over it', 'Europe/Brussels', '2026-03-29 02:00', undefined],
    ['Europe/Brussels, put forward over it', 'Europe/Brussels', '2026-03-29 02:30', undefined],
    ['Europe/Brussels, put forward over it', 'Europe/Brussels', '2026-03-29 02:59', undefined],
    [
      'Europe/Brussels, the first minute of summer',
      'Europe/Brussels',
      '2026-03-29 03:00',
      '2026-03-29T01:00Z',
    ],
    ['Australia/Lord_Howe, by half an hour', 'Australia/Lord_Howe', '2026-10-04 02:15', undefined],
    ['Australia/Lord_Howe, after it', 'Australia/Lord_Howe', '2026-10-04 02:30', '2026-10-03T15:30Z'],
    ['America/New_York', 'America/New_York', '2026-03-08 02:30', undefined],
    ['Pacific/Apia, which left out a day', 'Pacific/Apia', '2011-12-30 00:00', undefined],
    ['Pacific/Apia, which left out a day', 'Pacific/Apia', '2011-12-30 12:00', undefined],
    ['Pacific/Apia, which left out a day', 'Pacific/Apia', '2011-12-30 23:59', undefined],
    ['Pacific/Apia, the minute before', 'Pacific/Apia', '2011-12-29 23:59', '2011-12-30T09:59Z'],
    ['Pacific/Apia, the minute after', 'Pacific/Apia', '2011-12-31 00:00', '2011-12-30T10:00Z'],
  ])('of a time that no clock shows there is none: %s, %s %s', (_, zone, shown, expected) => {
    expect(instantOf(shown, zone)).toBe(expected);
  });

  it.each([
    ['Europe/Brussels', '2026-10-25 02:30', '2026-10-25T00:30Z'],
    ['Europe/Brussels', '2026-10-25 03:00', '2026-10-25T02:00Z'],
    ['America/New_York', '2026-11-01 01:30', '2026-11-01T05:30Z'],
    ['Australia/Lord_Howe', '2026-04-05 01:45', '2026-04-04T14:45Z'],
  ])('of a time that a clock shows twice it is the first: %s %s', (zone, shown, expected) => {
    expect(instantOf(shown, zone)).toBe(expected);
  });

  it('counts the seconds of the old form', () => {
    const signature = parseSignature('ilja251225041500');
    expect(new Date(signatureInstant(signature!, 'Europe/Brussels')!).toISOString()).toBe(
      '2025-12-25T03:15:00.000Z',
    );
  });

  it('shows its own time by a clock of the zone, or no clock ever shows it', () => {
    const zones = [
      'UTC',
      'Europe/Brussels',
      'America/St_Johns',
      'Asia/Kathmandu',
      'Pacific/Apia',
      'Africa/Casablanca',
    ];
    const minutes = fc.integer({ min: 0, max: 100 * 365 * 24 * 60 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (zone, minute) => {
        const at = new Date(Date.UTC(2000, 0, 1) + minute * 60_000)
          .toISOString()
          .slice(0, 16)
          .replace('T', ' ');
        const instant = instantOf(at, zone);
        const clock = new Intl.DateTimeFormat('sv-SE', {
          timeZone: zone,
          dateStyle: 'short',
          timeStyle: 'short',
        });
        const shows = (time: number): string => clock.format(time);
        if (instant !== undefined) expect(shows(Date.parse(instant))).toBe(at);
        else {
          // Every quarter of an hour within two days: offsets are quarters.
          const start = Date.parse(`${at.replace(' ', 'T')}Z`);
          for (let quarter = -192; quarter <= 192; quarter++)
            expect(shows(start + quarter * 900_000)).not.toBe(at);
        }
      }),
      { numRuns: 300 },
    );
  });
});
