// Migration turns documents of older versions into a run, one step a version, and says what it changes. Reading uses the same chain.
import { parseJson } from '../../schema/parseJson.ts'
import type { Sha256 } from '../../schema/digest.ts'
import type { FormatId } from '../../schema/format.ts'
import { currentVersion } from '../../schema/head.ts'
import { maxJsonDepth, type Timestamp } from '../../schema/json.ts'
import { keepUnread } from '../../schema/keepUnread.ts'
import { Run } from '../../schema/run.ts'
import { DocumentV1 } from '../../schema/versions/v1.ts'
import { DocumentV2 } from '../../schema/versions/v2.ts'
import { inspectJson } from '../codec/inspectJson.ts'
import { toPointer } from '../codec/pointer.ts'
import { detectFormat } from '../formats/detectFormat.ts'
import { lossyNumbers } from './lossyNumbers.ts'
import type { MigrationCause } from './migrationFailures.ts'
import { runIdOf } from './runIdOf.ts'
import { migrate1to2 } from './steps/1to2.ts'
import { migrate2to3 } from './steps/2to3.ts'

export type MigrationOptions = {
  /** Path of the old document, relative to the workspace. */
  readonly document: string
  readonly at: Timestamp
  readonly sha256: Sha256
  /** True for ids of runs that are there already. */
  readonly isTaken: (id: string) => boolean
}

/** How the chain went: each step that was taken, and the run, or why there is none. */
export type Upcast = {
  readonly from: number
  readonly steps: readonly { readonly name: string; readonly sentences: readonly string[] }[]
  readonly notes: readonly string[]
} & (
  | { readonly kind: 'ok'; readonly run: Run }
  | { readonly kind: 'failed'; readonly problem: string; readonly cause: MigrationCause }
)

/** The run that an old document tells of, for reading it as it is; null when it is none. */
export function upcast(text: string, options: MigrationOptions): Run | null {
  const chain = takeSteps(text, options)
  return chain.kind === 'ok' ? chain.run : null
}

/** Takes every step from the document's version to the current one. Never throws. */
export function takeSteps(text: string, options: MigrationOptions): Upcast {
  const detected = detectFormat(text)
  const from = detected.version ?? 0
  const failed = (problem: string, cause: MigrationCause): Upcast => ({
    kind: 'failed',
    cause,
    from,
    steps: [],
    notes: [],
    problem,
  })
  if (detected.problem !== null)
    return failed(detected.problem.sentence, brokenCause(detected.problem))
  const { depth, duplicates } = inspectJson(text)
  if (depth > maxJsonDepth)
    return failed(`The document is nested ${depth} levels deep.`, 'It is nested too deep.')
  const second = readSecond(text, detected.format, options)
  if (second === null)
    return failed(`${detected.label} is no older version of ours.`, noneOfOurs(detected.format))
  const { document } = second
  const id = runIdOf(document.workflow_id, { ...options, digest: options.sha256(text) })
  if (id === null) {
    return failed(
      `Runs named after ${document.workflow_id} are there already: was it migrated before?`,
      'A run of that name is there already.',
    )
  }
  const third = migrate2to3(document, { id, at: options.at, from })
  const notes = [
    ...(id === document.workflow_id ? [] : [`The run is called ${id}.`]),
    ...duplicates.map(({ pointer }) => `${pointer} stands twice: the last one is taken.`),
    ...lossyNotes(text),
    ...second.notes,
    ...third.notes,
  ]
  const steps = [...second.steps, { name: '2to3', sentences: third.sentences }]
  const parsed = Run.safeParse(third.document)
  if (parsed.success) {
    return { kind: 'ok', from, steps, notes, run: keepUnread(third.document, parsed.data) }
  }
  const issue = parsed.error.issues[0]
  const problem = `${toPointer(issue?.path ?? [])} does not fit version ${currentVersion}: ${issue?.message}.`
  return {
    kind: 'failed',
    from,
    steps,
    notes,
    problem,
    cause: 'What it would become is no whole run.',
  }
}

function brokenCause({ rule }: { readonly rule: string }): MigrationCause {
  return rule === 'F5' ? 'It does not fit the shape of its version.' : 'It is no whole JSON.'
}

function noneOfOurs(format: FormatId): MigrationCause {
  return format === 'unstuck-newer'
    ? 'It is of a newer version.'
    : 'It is of none of our older versions.'
}

type Second = Pick<Upcast, 'steps' | 'notes'> & { readonly document: DocumentV2 }

/** The document in version 2: read, or made of version 1. Null when it is neither. */
function readSecond(text: string, format: string, { at }: MigrationOptions): Second | null {
  if (format !== 'unstuck-v1' && format !== 'unstuck-v2') return null
  const value: unknown = parseJson(text)
  if (format === 'unstuck-v2') {
    const parsed = DocumentV2.safeParse(value)
    if (!parsed.success) return null
    return { document: keepUnread(value, parsed.data), steps: [], notes: [] }
  }
  const parsed = DocumentV1.safeParse(value)
  if (!parsed.success) return null
  const atSeconds = Date.parse(at) / 1000
  const { document, sentences, notes } = migrate1to2(keepUnread(value, parsed.data), { atSeconds })
  return { document, steps: [{ name: '1to2', sentences }], notes }
}

/** More of them say nothing new. */
const maxLossyNotes = 10

function lossyNotes(text: string): readonly string[] {
  const lossy = lossyNumbers(text)
  const notes = lossy
    .slice(0, maxLossyNotes)
    .map(({ pointer, written, read }) => `The number ${written} at ${pointer} becomes ${read}.`)
  const rest = lossy.length - notes.length
  return rest > 0 ? [...notes, `${rest} more numbers are changed likewise.`] : notes
}
