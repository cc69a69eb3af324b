import type { Sha256 } from '../../schema/digest.ts'
import type { FormatId } from '../../schema/format.ts'
import { parseJson } from '../../schema/parseJson.ts'
import { pointer, tokensOf } from '../../schema/pointer.ts'
import type { Run } from '../../schema/run.ts'
import { DocumentV2 } from '../../schema/versions/v2.ts'
import { textFinding } from '../codec/headFinding.ts'
import { inspectJson } from '../codec/inspectJson.ts'
import { placesOf } from '../codec/placesOf.ts'
import { check } from '../integrity/check.ts'
import type { Finding } from '../integrity/finding.ts'
import { ruleFacts, type StoredRuleId } from '../integrity/storedRules.ts'
import { checksumV2 } from './checksumV2.ts'

type OldDocument = {
  readonly text: string
  readonly format: FormatId
  /** Read upcast; null where it does not fit its schema. */
  readonly run: Run | null
}

/** What is wrong with a document of version 1 or 2 beyond its schema. None of it keeps it from being read. */
export function oldDocumentFindings(
  { text, format, run }: OldDocument,
  sha256: Sha256,
): readonly Finding[] {
  if (run === null || (format !== 'unstuck-v1' && format !== 'unstuck-v2')) return []
  const duplicates = inspectJson(text).duplicates.map(({ key, pointer: at, index }) => {
    const sentence = `The key ${JSON.stringify(key)} stands twice in the same object.`
    const known = { ...ruleFacts('C5'), file: 'document', sentence, index, pointer: at } as const
    return textFinding(text, known)
  })
  const breaches = format === 'unstuck-v2' ? breachesOfV2(text, sha256) : []
  return [...duplicates, ...placed(text, breaches), ...placed(text, contradictions(run, format))]
}

type Flaw = Pick<Finding, 'rule' | 'severity' | 'sentence' | 'remedy'> & {
  readonly path: readonly string[]
  readonly state?: string
}

function breachesOfV2(text: string, sha256: Sha256): readonly Flaw[] {
  const { checksum, checkpoints = [] } = DocumentV2.parse(parseJson(text)) // it was read as a run
  const isChanged = checksum !== undefined && checksum !== checksumV2(text, sha256)
  const sentence = 'The document does not fit its checksum: it was changed after it was written.'
  const progress = checkpoints.flatMap(({ id, progress: share = 0 }, index) => {
    if (share >= 0 && share <= 100) return []
    const told = `The progress of the checkpoint "${id}" is ${share}, expected 0 to 100.`
    return [flaw('I36', told, ['checkpoints', String(index), 'progress'])]
  })
  return [...(isChanged ? [flaw('I35', sentence, ['checksum'])] : []), ...progress]
}

function flaw(rule: StoredRuleId, sentence: string, path: readonly string[]): Flaw {
  return { ...ruleFacts(rule), sentence, path }
}

/** Contradictions of the run that the document tells of; of a step only the step is pointed at. */
function contradictions(run: Run, format: FormatId): readonly Flaw[] {
  const names = Object.keys(run.steps)
  return check(run).map(({ rule, severity, sentence, remedy, pointer: state }) => {
    const [part = '', name = ''] = tokensOf(state)
    const path = pathOf(part, format === 'unstuck-v1' ? name : String(names.indexOf(name)), format)
    return { rule, severity, sentence, remedy, path, state }
  })
}

const keys: { readonly [part: string]: string } = {
  status: 'status',
  startedAt: 'started_at',
  updatedAt: 'updated_at',
  finishedAt: 'completed_at',
  checkpoints: 'checkpoints',
}

function pathOf(part: string, step: string, format: FormatId): readonly string[] {
  if (part === 'steps') return [format === 'unstuck-v1' ? 'states' : 'steps', step]
  const key = keys[part]
  return key === undefined ? [] : [key]
}

function placed(text: string, flaws: readonly Flaw[]): readonly Finding[] {
  if (flaws.length === 0) return []
  const places = placesOf(
    text,
    flaws.map(({ path }) => path),
  )
  return flaws.map(({ path, ...known }, index) => ({
    ...known,
    file: 'document' as const,
    ...(places[index] ?? { offset: 0, line: 1, column: 1 }),
    pointer: pointer(...path),
  }))
}
