import { buildIndex, type SpecIndex, specFileOf } from '../../tools/spec/index.ts';

/** A small spec with every trap of the real one. Line numbers are the tests' own: {@link lineOf} finds them. */
export const SPEC = `# Acme Master Specification v01.02

# 1. Vision
## 1.1 Purpose (Normative)
Text of purpose.
### 1.1.1 Scope [ADD v01.01]
Scope text.
# ADD v01.02
### 1.1.1 Scope again
#### 2.3.4 Lost child
## 1.2 Sessions
### 1.2.1 Session model
### 1.2.X Session overview
**Addendum: 2.4 ViewMode (SFW)**

\`\`\`ts
type ViewMode = 'A' | 'B';
\`\`\`
**Addendum: 14.3 Validators**
### 1.2.2 Spawn
#### 1.2.2.1 Request
#### 1.2.2.2 Response
## 1.3 Hidden half
\`\`\`
### 1.3.1 Behind a stray fence
\`\`\`yaml
a: 1
\`\`\`
# 7. Work
## 7.5 Templates
\`\`\`\`md
# Codex
## 1.2 Template sessions
#### 1.2.5 Pasted clause (Normative)
\`\`\`yaml
Pasted:
  id: uuid
\`\`\`
\`\`\`\`
### 7.5.1 After the template
## 7.6 Development Roadmap
### 7.6.1 Roadmap Coverage Matrix (HARD)
#### 7.6.1.2 Coverage Matrix (HARD)

| Section | Title | Main Body Authority (CX-598) | Roadmap Coverage (Phase(s)) |
|---|---|---|---|
| 1.1 | Purpose | YES | P1, P2 |
| 1.2 | Sessions | YES | P1 |
| 1.2.2 | Spawn \\| more | YES | P1 |
| 1.3 | Hidden half | YES | P1 |
| 7.5 | Templates | NO | P1 |

### 7.6.3 Phase 1
# 11. Shared
## 11.5 Events
#### 11.5.1 Shape A
#### 11.5.1 Shape B
## Appendix: Notes
## 9. Archive
### 9.3 Bundles
### 11.5 Events of old
`;

export function fixtureIndex(text = SPEC): SpecIndex {
  const name = 'Acme_Master_Spec_v01.02.md';
  return buildIndex(name, [specFileOf(name, new TextEncoder().encode(text))]);
}

/** Line of the first line that begins with the text. */
export function lineOf(text: string): number {
  const at = SPEC.split('\n').findIndex((line) => line.startsWith(text));
  if (at < 0) throw new Error(`the fixture has no line "${text}"`);
  return at + 1;
}
