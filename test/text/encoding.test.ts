import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeLine, repairLine, repairText } from '../../tools/text/index.ts';
import { doubled } from '../support/doubled.ts';

const repaired = (line: string): string => repairLine(line)?.text ?? line;

describe('repairLine', () => {
  it.each([
    ['Â§4.3.9', '§4.3.9'],
    ['author’s own and a broken â€™ mark', 'author’s own and a broken ’ mark'],
    ['donâ€™t', 'don’t'],
    ['a â€œquotedâ€\u009d word', 'a “quoted” word'],
    ['arrow â†’ here, Aâ†’B, â‡’, â‰¤, âœ“, âš\u00a0', 'arrow → here, A→B, ⇒, ≤, ✓, ⚠'],
    ['â”‚ â””â”€â”€ â—‹ â–’', '│ └── ○ ▒'],
    ['ðŸ”´ ðŸ“Œ', '🔴 📌'],
    ['2Ã—3, RTFÃ—2000, NÃ—M', '2×3, RTF×2000, N×M'],
    ['cafÃ©, voilÃ\u00a0, HÃ”TEL, cÅ“ur, Ã©tÃ©', 'café, voilà, HÔTEL, cœur, été'],
    ['bÄ™dÄ…, Å›wiat, ÄŸ ÅŸ', 'będą, świat, ğ ş'],
    ['Î» Î” ÏƒÂ² EWC Î»', 'λ Δ σ² EWC λ'],
    ['æ—¥æœ¬èªž, ï¼ˆ', '日本語, （'],
    ['sound § and Â§ broken', 'sound § and § broken'],
    [
      'the five that CP1252 has not: Ã\u0081 Ã\u008d Ã\u008f Ã\u0090 Ã\u009d',
      'the five that CP1252 has not: Á Í Ï Ð Ý',
    ],
    ['read as Latin-1: â\u0080\u0099', 'read as Latin-1: ’'],
    ['a BOM in the middle ï»¿ stays', 'a BOM in the middle \ufeff stays'],
    ['lost before: ï¿½', 'lost before: \ufffd'],
    ['Ã‚Â§ twice, Ãƒâ€šÃ‚Â§ three times', '§ twice, § three times'],
  ])('%s', (line, expected) => {
    expect(repaired(line)).toBe(expected);
  });

  it('gives the place and both spellings of the first run', () => {
    expect(repairLine('see Â§4 and â†’')).toEqual({
      text: 'see §4 and →',
      column: 5,
      length: 2,
      found: 'Â§',
      expected: '§',
    });
  });
});

describe('sound text that would decode too', () => {
  it.each([
    ['plain'],
    ['§ ü ñ → “sound”'],
    ['Ärger, Ça va, ÀÉÎÕÜ'],
    ['« café », « CAFÉ », « à », « CAFÉ : »'.replaceAll(' »', '\u00a0»').replace(' :', '\u00a0:')],
    ['“café…” “OLÉ” CAFÉ… OLÉ»'],
    ['„TÄ“ „SPASS“ „Spaß“ Spaß… Gruß –'],
    ['MÜNCHEN–KÖLN, É–N, 3×… 2×\u00a03'],
    ['BEYONCÉ’s JOSÉ’S É… et Ö…'],
    ['MANHÃ” IRMÃ… AMANHÃ —'],
    ['NESCAFÉ® CAFÉ™ JOSÉ† JOSÉ²'],
    ['MÚŽ Úžas Úžitok „nevidíš“ „vidíš…“'],
    ['BÜ\u00adCHER'],
    ['日本語 한국어 кириллица Ελληνικά 🔴 → ─ └ │'],
  ])('%s', (line) => {
    expect(judgeLine(line)).toBeUndefined();
  });
});

describe('sound text whose signs would decode', () => {
  it.each([
    ['3×€500'],
    ['10×µm'],
    ['5×£20'],
    ['2×½'],
    ['2×¼'],
    ['2×½×¼'],
    ['a×¬b'],
    ['Ø±0.05 mm'],
    ['Ø½ pipe'],
    ['5 Å±0.1'],
    ['CAFÉ€5'],
    ['MENÚ£5'],
    ['straß½'],
    ['¡OLÉ¡'],
    ['IRMÃ¹'],
    ['HÂLÂ…'],
    ['HÂLÂ’'],
    ['HÂLÂ… 3×€500'],
  ])('%s', (line) => {
    expect(judgeLine(line)).toBeUndefined();
  });

  it.each([
    ['beside certain damage they are damage too', '×€ Â§', '\u05c0 §'],
    ['in one run with it', 'Ø±Ù„', 'رل'],
    ['encoded twice: the outer encoding is the evidence', 'ÃŠâ‚¬', 'ʀ'],
    ['what does not decode stays, and the line is still repaired', '×€→ Â§', '×€→ §'],
    ['what would become a control stays', 'HÂLÂ… Â§', 'HÂLÂ… §'],
    ['Cyrillic', 'Ð½Ðµ Ñ€', 'не р'],
    ['a small letter before it, or a letter behind it', 'pÅ¼, Å½ena, kÄ±z', 'pż, Žena, kız'],
    ['a small word', 'MÃ¡, EspaÃ±a, NÂ°', 'Má, España, N°'],
  ])('%s', (_name, line, expected) => {
    expect(repaired(line)).toBe(expected);
  });

  it('a control that stood there before is no reason', () => {
    expect(repaired('Â\u0081')).toBe('\u0081');
  });
});

describe('refused', () => {
  it.each([
    ['sound and broken in one run', 'a §Â§ b', { why: 'mixed', column: 3, length: 3, found: '§Â§' }],
    ['half of a sequence', 'Ã©â€', { why: 'mixed', column: 1, length: 4, found: 'Ã©â€' }],
    ['CP1252 and Latin-1 mixed', 'â€\u0099', { why: 'mixed', column: 1, length: 3, found: 'â€\u0099' }],
    ['beside what CP1252 cannot show', 'â†’→', { why: 'mixed', column: 1, length: 4, found: 'â†’→' }],
    ['a character that is gone', 'it\ufffds', { why: 'lost', column: 3, length: 1, found: '\ufffd' }],
  ])('%s', (_name, line, refused) => {
    expect(judgeLine(line)).toEqual({ refused });
    expect(repairLine(line)).toBeUndefined();
  });

  it('a refused line stays whole: its other runs are not repaired either', () => {
    expect(repairLine('Â§ and §Â§')).toBeUndefined();
  });
});

describe('repairText', () => {
  it('repairs, refuses and keeps, each with its line', () => {
    const lines = ['sound §', 'Â§', 'x §Â§', 'Â§ \ufffd', ''];
    const { lines: after, repaired, refused } = repairText(lines);
    expect(after).toEqual(['sound §', '§', 'x §Â§', '§ \ufffd', '']);
    expect(repaired.map(({ line, found, expected }) => [line, found, expected])).toEqual([
      [2, 'Â§', '§'],
      [4, 'Â§', '§'],
    ]);
    expect(refused.map(({ line, why }) => [line, why])).toEqual([
      [3, 'mixed'],
      [4, 'lost'],
    ]);
    expect(lines[1]).toBe('Â§');
  });
  it('sound lines are the same strings', () => {
    expect(repairText(['a', 'é'])).toEqual({ lines: ['a', 'é'], repaired: [], refused: [] });
  });
  it('is linear in one endless line', () => {
    const many = 200_000;
    expect(repaired('Ã© '.repeat(many))).toBe('é '.repeat(many));
    expect(repaired('Ã©'.repeat(many))).toBe('é'.repeat(many));
    expect(judgeLine(`${'É…'.repeat(many)}Ã©§`)?.refused?.length).toBe(2 * many + 3);
  });
});

// Words of one language each: its letters, and those that its words end in (no word ends in â, î or ï).
const languages = [
  ['aàâcçeéèêëfiîïoôuùûü', 'aàeéèsxtù'],
  ['aäbnoösßuü', 'anäößüe'],
  ['aáeéiínñoóuúü', 'aáeéíóúns'],
  ['aáâãcçeéêioóôõu', 'aãáeéêoó'],
  ['aåäboöæøn', 'aåäöæøn'],
  ['aábcčdeéěiínňoóřsštuúůyýzž', 'aáeéíýšžům'],
] as const;
const cased = fc.constantFrom(
  (text: string) => text,
  (text: string) => text,
  // ß has no capital of its own.
  (text: string) => text.replaceAll('ß', 's').toUpperCase(),
  (text: string) => text.charAt(0).replace('ß', 's').toUpperCase() + text.slice(1),
);
const word = fc.oneof(
  fc
    .constantFrom(...languages)
    .chain(([letters, endings]) =>
      fc.tuple(
        fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...endings),
        cased,
      ),
    )
    .map(([chars, ending, change]) => change(chars.join('') + ending)),
  fc
    .tuple(fc.constantFrom('cœur', 'œuvre', 'sœurs', 'à', 'é', 'è', 'ö', 'å', 'ø'), cased)
    .map(([text, change]) => change(text)),
);
const quoted = fc
  .tuple(
    word,
    fc.constantFrom(
      ...[
        ['“', '”'],
        ['„', '“'],
        ['«\u00a0', '\u00a0»'],
        ['«', '»'],
        ['‘', '’'],
        ['»', '«'],
        ['“', '…”'],
        ['', '…'],
        ['', ' –'],
      ],
      ...[
        ['', ''],
        ['', ''],
        ['', ''],
        ['', ','],
        ['', '\u00a0:'],
        ['(', ')'],
        ['', '®'],
      ],
    ),
  )
  .map(([text, [open, close]]) => `${open}${text}${close}`);
const sign = fc.constantFrom(
  ...'§→←↔≤≥×─└│✓☐🔴📌漢字語한국яжλΔ€™°½',
  '10\u00a0€',
  '2×3',
  '2×½',
  '3×€5',
  'Ø±0.05',
  'A→B',
  '👩‍💻',
);
const sound = fc
  .array(fc.oneof({ weight: 3, arbitrary: quoted }, { weight: 1, arbitrary: sign }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join(' '));
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom(...'aZ1 “”‘’…–—»«\u00a0§ÂÃÄÅÉÜßéèâãðŸ€†œšžŠ™\u0081\u009d\ufffd'),
    maxLength: 20,
  }),
  sound,
);

describe('laws of repair', () => {
  it('sound text stays as it is', () => {
    fc.assert(
      fc.property(sound, (line) => {
        expect(judgeLine(line)).toBeUndefined();
      }),
      { numRuns: 5000 },
    );
  });

  it('idempotent: a second repair finds nothing, whatever the text', () => {
    const encoded = fc.oneof(anything, anything.map(doubled), anything.map(doubled).map(doubled));
    fc.assert(
      fc.property(encoded, (line) => {
        const once = repaired(line);
        expect(repairLine(once)).toBeUndefined();
        expect(repaired(once)).toBe(once);
      }),
      { numRuns: 5000 },
    );
  });

  it('lossless: what was repaired gives itself back when it is encoded again', () => {
    const encoded = fc.oneof(anything, anything.map(doubled), anything.map(doubled).map(doubled));
    let met = 0;
    fc.assert(
      fc.property(encoded, (line) => {
        const found = repairLine(line);
        if (!found) return;
        met++;
        const runs = (text: string): string[] => text.match(/[\u0080-\u{10ffff}]+/gu) ?? [];
        const before = runs(line);
        const after = runs(found.text);
        expect(after).toHaveLength(before.length);
        for (const [at, run] of after.entries()) {
          const again = [run, doubled(run), doubled(doubled(run)), doubled(doubled(doubled(run)))];
          expect([...again, latin1(run)]).toContain(before[at]);
        }
      }),
      { numRuns: 5000 },
    );
    expect(met).toBeGreaterThan(1000);
  });

  it.each([
    ['once', doubled],
    ['twice', (text: string) => doubled(doubled(text))],
  ])('text of one language and signs, encoded %s too often, comes back', (_name, damage) => {
    const vowels = fc.constantFrom('café', 'über', 'niño', 'été', 'coração', 'smörgås', 'æble', 'český');
    const line = fc
      .array(fc.oneof(vowels, fc.constantFrom(...'§→←↔≤≥×─└│✓☐🔴📌漢字語λΔ°½—–’“”…'), fc.constant('a1')), {
        maxLength: 8,
      })
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(line, (text) => {
        expect(repaired(damage(text))).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });
});

function latin1(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}
