import { describe, expect, it } from 'vitest';
import { resolveAnchor } from '../../../tools/spec/index.ts';
import { fixtureIndex } from '../spec-fixture.ts';

const index = fixtureIndex(`# Acme Master Specification v01.02
# 1. Rules
## 1.1 Governance
### 1.1.1 Consent Receipts
### 1.1.2 Receipt Audit Trail (Normative)
### 1.1.3 Recorder Shapes & Retention
### 1.1.4 Keyword Index (Fast)
### 1.1.5 Keyword Index Extensions
### 1.1.6 Runtime and Tokens
## 1.2 Inference Runtimes
### 1.2.1 Recorder Shapes
### 1.2.2 Shared Horizon
#### 1.2.3 Consent of subjects
### 1.2.3 Photo entities
## 1.3 Rest
### 1.3.1 Shared Horizon
### 1.3.2 Horizon of the Audit
\`\`\`\`md
### 1.1.9 Consent Ledger
\`\`\`\`
`);

describe('the title of an anchor: near misses', () => {
  const cases: [anchor: string, status: string, line: number, why: string][] = [
    ['1.1.1 Consent Receipts', 'UNIQUE', 4, 'equal'],
    ['1.1.1 consent-receipt', 'UNIQUE', 4, 'case, hyphen, singular'],
    ['1.1.2 Trail of audit and receipt', 'UNIQUE', 5, 'reordered'],
    ['1.1.2 Audit Trail', 'UNIQUE', 5, 'a word left out'],
    ['1.1.2 Receipt Audit Log', 'UNIQUE', 5, 'a word changed, and no other section has that title'],
    ['1.1.1 Receipt Audit Trail', 'TITLE_MISMATCH', 4, 'shares a word, but a sibling has exactly that title'],
    ['1.1.2 Consent Receipts', 'TITLE_MISMATCH', 5, 'the same the other way'],
    [
      '1.1.2 Horizon of the Audit',
      'TITLE_MISMATCH',
      5,
      'shares a word; the one section with it is elsewhere',
    ],
    ['1.1.1 (Receipt Audit Trail)', 'TITLE_MISMATCH', 4, 'the title is in the note'],
    ['1.1.1 (Consent Receipts)', 'UNIQUE', 4, 'the title is in the note'],
    ['1.1.1 (audited, in passing)', 'UNIQUE', 4, 'a note that is no title'],
    ['1.1.1 (JobState enum)', 'UNIQUE', 4, 'a note that names a part, and no other section'],
    ['1.1.4 Keyword Index', 'UNIQUE', 7, "equal without the heading's note"],
    ['1.1.5 Keyword Index', 'TITLE_MISMATCH', 8, 'part of the title, but all of a sibling’s'],
    ['1.1.3 Recorder Shapes', 'UNIQUE', 6, 'part of the title; all of one elsewhere does not count'],
    ['1.2 Tokens and Runtime', 'UNIQUE', 10, 'the words of 1.1.6 in another order are another title'],
    ['1.1.1 Consent Ledger', 'UNIQUE', 4, 'a heading in a template is no rival'],
    ['1.3 Rest of the Shared Horizon', 'UNIQUE', 15, 'nor is a title that two sections have'],
    ['1.1.1 Trail', 'TITLE_MISMATCH', 4, 'no word in common'],
    [
      '1.2.3 Consent of subjects',
      'UNIQUE',
      13,
      'of two in the right place the title decides before the depth',
    ],
    ['1.2.3 Photo entities', 'UNIQUE', 14, 'the same'],
    ['1.2.3', 'UNIQUE', 14, 'without a title the depth decides'],
  ];
  it.each(cases)('%s → %s at %i: %s', (anchor, status, line) => {
    const result = resolveAnchor(index, anchor);
    expect([result.status, result.section?.line]).toEqual([status, line]);
  });
});

describe('the title of an anchor: the reason', () => {
  const cases: [anchor: string, reason: string | undefined][] = [
    [
      '1.1.1 Receipt Audit Trail',
      'the heading says "Consent Receipts", and "Receipt Audit Trail" is the title of 1.1.2 at line 5',
    ],
    [
      '1.1.5 Keyword Index',
      'the heading says "Keyword Index Extensions", and "Keyword Index" is the title of 1.1.4 at line 7',
    ],
    ['1.1.1 Trail', 'the heading says "Consent Receipts", the anchor says "Trail"'],
    ['1.1.1 Consent Receipts', undefined],
  ];
  it.each(cases)('%s', (anchor, reason) => {
    expect(resolveAnchor(index, anchor).reasons[0]).toBe(reason);
  });
});
