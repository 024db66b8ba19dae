import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '../findings/index.ts';
import type { TextFile } from '../text/index.ts';
import { stemOf } from './document.ts';
import { canonicalAscii } from './json/canonical-ascii.ts';
import { type JsonDocument, openJson, openJsonLines, rootObject } from './json/json-document.ts';
import type { JsonNode } from './json/json-node.ts';
import { bytesOf, parsed, printCanonical, refuseBroken } from './json/json-print.ts';

/** `index.json` or `export_manifest.json`: an object, whose keys the rules know. */
export interface MailboxFile {
  path: string;
  file: TextFile;
  document: JsonDocument;
  root: JsonNode | undefined;
  /** What the file holds; {@link printMailboxFile} prints it. */
  content: unknown;
  findings: Finding[];
}

/** `threads/{thread_id}.jsonl`: a message in each line. */
export interface MailboxThread {
  path: string;
  /** The file's name says which thread it is. */
  threadId: string;
  file: TextFile;
  /** A document for each line that is not blank. */
  lines: JsonDocument[];
  /** The lines that are objects. */
  messages: JsonNode[];
  /** What the lines hold; {@link printMailboxThread} prints it. */
  content: unknown[];
  findings: Finding[];
}

/** The export of the role mailbox: leak-safe headers of messages, and no body. */
export interface Mailbox {
  kind: 'mailbox';
  /** `.GOV/ROLE_MAILBOX`. */
  path: string;
  index?: MailboxFile;
  manifest?: MailboxFile;
  threads: MailboxThread[];
  /** Files and folders of it that are there and could not be read. */
  unread: string[];
}

/** Reads `index.json` or `export_manifest.json`. */
export function readMailboxFile(file: TextFile): MailboxFile {
  const document = openJson(file);
  const root = rootObject(document, 'an object of the mailbox export');
  const { findings } = document;
  return { path: file.path, file, document, root, content: document.root?.value, findings };
}

/** Reads a thread. */
export function readMailboxThread(file: TextFile): MailboxThread {
  const lines = openJsonLines(file);
  return {
    path: file.path,
    threadId: stemOf(file.path),
    file,
    lines,
    messages: lines.flatMap((document) => rootObject(document, 'an object that is a message') ?? []),
    content: lines.map(({ root }) => root?.value),
    findings: lines.flatMap(({ findings }) => findings),
  };
}

/** The file with its content, canonical where that was changed. */
export function printMailboxFile({ document, content }: MailboxFile): string {
  return printCanonical(document, content, canonicalFile);
}

/** The thread with its content, canonical where a message was changed, added or taken away. */
export function printMailboxThread({ file, lines, content, findings }: MailboxThread): string {
  if (isDeepStrictEqual(lines.map(parsed), content)) return bytesOf(file);
  refuseBroken({ findings });
  return content.map(canonicalFile).join('');
}

/** The bytes of a file, or of a line of a thread. */
export function canonicalFile(content: unknown): string {
  return `${canonicalAscii(content)}\n`;
}
