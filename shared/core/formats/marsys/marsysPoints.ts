import { compare } from '../../../schema/compare.ts'
import type { Timestamp } from '../../../schema/json.ts'
import type { FileSet, FormatContext, FormatPoint } from '../format.ts'
import { member } from '../text/parseText.ts'
import { momentOfIso, momentOfSeconds } from '../view/times.ts'
import { checksumState } from './legacyChecksum.ts'
import { checkpointName, openMarsys, type MarsysDocument } from './marsysDocument.ts'
import { isCheckpointFile, nameOf, sessionOfPath } from './marsysPaths.ts'
import { textIn } from '../textIn.ts'

/** [F130] The document, the checkpoints of exactly its session, newest first, and a left-over temporary file. */
export function marsysPoints(
  set: FileSet,
  opened: MarsysDocument,
  context: FormatContext,
): readonly FormatPoint[] {
  const session = sessionOfPath(set.document) ?? opened.session
  const beside = [...set.texts.keys()].filter((path) => path !== set.document)
  const checkpoints = beside
    .filter((path) => isCheckpointFile(path) && !isCheckpointFile(set.document))
    .flatMap((path) => checkpointPoint(set, { path, session, context }) ?? [])
    .toSorted((a, b) => compare(b.at ?? '', a.at ?? ''))
  const temporary = beside.filter((path) => path === `${set.document}.tmp`)
  const current: FormatPoint = {
    id: 'current',
    label: 'As it is',
    kind: 'current',
    document: set.document,
    item: null,
    at: savedAt(opened) ?? modifiedAt(set, set.document),
    problem: problemOf(opened, context),
  }
  return [current, ...checkpoints, ...temporary.map((path) => temporaryPoint(set, path))]
}

function checkpointPoint(
  set: FileSet,
  of: { readonly path: string; readonly session: string | null; readonly context: FormatContext },
): FormatPoint | null {
  const { path, session, context } = of
  const opened = openMarsys(textIn(set, path))
  const isOurs = opened.session === session
  // A name alone does not tell `a` from `a_b`: a text that names another session is none of this one's.
  if (opened.session !== null && !isOurs) return null
  const name = opened.kind === 'broken' ? null : checkpointName(opened.root)
  const label = name ?? nameOf(path).replace(/^checkpoint_|\.json$/g, '')
  const isBackup = label.startsWith('pre_rollback_backup')
  return {
    id: `checkpoint:${nameOf(path)}`,
    label: isBackup ? `${label} (made before a rollback)` : label,
    kind: isBackup ? 'backup' : 'checkpoint',
    document: path,
    item: null,
    at: momentOfName(path) ?? savedAt(opened) ?? modifiedAt(set, path),
    problem: isOurs ? problemOf(opened, context) : 'It does not say which session it is of.',
  }
}

/** The name of a checkpoint ends with the second of its making; the time inside is a local one without a zone. */
function momentOfName(path: string): Timestamp | null {
  const lexeme = /_(\d{9,11})\.json$/.exec(path)?.[1]
  return lexeme === undefined ? null : momentOfSeconds({ kind: 'scalar', start: 0, end: 0, lexeme })
}

function temporaryPoint(set: FileSet, path: string): FormatPoint {
  const opened = openMarsys(textIn(set, path))
  return {
    id: 'temporary',
    label: 'Left over from a write that did not end',
    kind: 'temporary',
    document: path,
    item: null,
    at: savedAt(opened) ?? modifiedAt(set, path),
    problem: opened.kind === 'broken' ? `It is no JSON. ${opened.flaw.sentence}` : null,
  }
}

/** Why a document is not what MARSYS would go back to; null when it is. */
export function problemOf(opened: MarsysDocument, { sha256 }: FormatContext): string | null {
  if (opened.kind === 'broken') return `It is no JSON. ${opened.flaw.sentence}`
  if (opened.kind === 'lossy') return 'MARSYS 0.1 wrote its branches as text: it cannot be loaded.'
  if (opened.kind === 'snapshot') return null
  const state = checksumState(opened.root, sha256)
  return state === 'wrong' || state === 'uncomputable' ? 'Its checksum does not fit.' : null
}

/** When a document says that it was written. */
export function savedAt(opened: MarsysDocument): Timestamp | null {
  if (opened.kind === 'broken') return null
  const { root } = opened
  return opened.kind === 'snapshot'
    ? momentOfIso(member(root, 'paused_at'))
    : momentOfSeconds(member(root, 'timestamp'))
}

function modifiedAt(set: FileSet, path: string): Timestamp | null {
  return set.files.find((file) => file.path === path)?.modifiedAt ?? null
}
