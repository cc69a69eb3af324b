import { textFinding } from '../../codec/headFinding.ts'
import type { Finding } from '../../integrity/finding.ts'
import type { FileSet, FormatContext, FormatPoint, FormatReading } from '../format.ts'
import { idAmong, stepIdsOf } from '../view/viewIds.ts'
import { parseShallow } from '../text/parseShallow.ts'
import { awfDiagnoses } from './awfDiagnoses.ts'
import { idOf, isTemporary, isTemporaryOf, nameOf } from './awfFiles.ts'
import { awfFindings } from './awfFindings.ts'
import { awfRun, type AwfText } from './awfRun.ts'
import { awfState } from './awfState.ts'
import { awfVersion } from './awfVersion.ts'
import { textIn } from '../textIn.ts'

/** The state as AWF would hold it, or why there is none. */
export type AwfOpened =
  | { readonly kind: 'ok'; readonly read: AwfText }
  | { readonly kind: 'broken'; readonly sentence: string; readonly index: number | null }

export function openAwf(set: FileSet, path: string = set.document): AwfOpened {
  const text = set.texts.get(path)
  if (text === undefined)
    return { kind: 'broken', sentence: 'The file could not be read as text.', index: null }
  const parsed = parseShallow(text)
  if (parsed.kind === 'broken') return { kind: 'broken', ...parsed.flaw }
  const { root } = parsed
  if (root.kind !== 'object')
    return { kind: 'broken', sentence: 'The document is no object.', index: root.start }
  return { kind: 'ok', read: { text, root, state: awfState(root) } }
}

export function readAwf(set: FileSet, { sha256 }: FormatContext): FormatReading {
  const opened = openAwf(set)
  const label = isTemporary(set.document) ? 'AWF left-over temporary file' : 'AWF state'
  const beside = temporaryFindings(set)
  if (opened.kind === 'broken') {
    const findings = [brokenFinding(set, opened), ...beside]
    const said = { status: null, steps: {} }
    const points = temporaryPoints(set)
    return { label, version: null, isOld: false, run: null, said, findings, diagnoses: [], points }
  }
  const { read } = opened
  const { state } = read
  const names = stepIdsOf(state.steps.map(({ key }) => key))
  const modifiedAt = set.files.find(({ path }) => path === set.document)?.modifiedAt ?? null
  return {
    label,
    version: awfVersion(read.root),
    isOld: false,
    run: awfRun(read, sha256),
    said: {
      status: state.status,
      steps: Object.fromEntries(
        state.steps.map(({ key, status }) => [idAmong(names, key), status]),
      ),
    },
    findings: [...awfFindings(read, set.document), ...beside],
    diagnoses: awfDiagnoses(read, modifiedAt),
    points: [currentPoint(set, read), ...temporaryPoints(set)],
  }
}

function brokenFinding(set: FileSet, flaw: Extract<AwfOpened, { kind: 'broken' }>): Finding {
  return textFinding(textIn(set, set.document), {
    rule: 'F22',
    severity: 'error',
    sentence: `The AWF state cannot be read. ${flaw.sentence} What AWF cannot load it leaves out of its lists without a word.`,
    index: flaw.index,
    pointer: null,
    remedy: 'Repair it from a left-over temporary file, or from what of it is whole.',
    file: 'document',
  })
}

/** Files that AWF left when it was killed between writing and renaming; it never takes them away. */
export function temporariesOf(set: FileSet): readonly string[] {
  return set.files.map(({ path }) => path).filter((path) => isTemporaryOf(path, set.document))
}

function temporaryFindings(set: FileSet): readonly Finding[] {
  return temporariesOf(set).map((path) => ({
    rule: 'F35',
    severity: 'warning',
    sentence: `AWF left the temporary file ${nameOf(path)} behind. ${temporaryProblem(set, path) ?? 'It is whole, and may be newer than the state.'}`,
    file: 'temporary',
    offset: null,
    line: null,
    column: null,
    pointer: null,
    remedy: 'Compare it with the state, then take it over or move it to the trash.',
  }))
}

/** Why a temporary file is not what the document was to become; null when it may be. */
export function temporaryProblem(set: FileSet, path: string): string | null {
  const opened = openAwf(set, path)
  if (opened.kind === 'broken') return `It is not whole: ${opened.sentence}`
  const { id } = opened.read.state
  const expected = idOf(set.document)
  if (id === expected) return null
  return id === '' ? 'It does not say of which run it is.' : `It is of another run, ${id}.`
}

function currentPoint(set: FileSet, { state }: AwfText): FormatPoint {
  const at = state.updatedAt.at
  const label = state.currentStep === '' ? 'The state' : `The state at ${state.currentStep}`
  const { document } = set
  return { id: 'current', label, kind: 'current', document, item: null, at, problem: null }
}

function temporaryPoints(set: FileSet): readonly FormatPoint[] {
  return temporariesOf(set).map((document) => {
    const opened = openAwf(set, document)
    return {
      id: `temporary:${nameOf(document)}`,
      label: `Left-over temporary file ${nameOf(document)}`,
      kind: 'temporary',
      document,
      item: null,
      at: opened.kind === 'ok' ? opened.read.state.updatedAt.at : null,
      problem: temporaryProblem(set, document),
    }
  })
}
