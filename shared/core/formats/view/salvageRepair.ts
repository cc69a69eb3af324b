import type {
  FileChange,
  FileSet,
  FormatContext,
  FormatReading,
  FormatRepair,
  RepairItem,
} from '../format.ts'
import { parseText } from '../text/parseText.ts'
import { salvageText } from './salvageText.ts'

type Read = (set: FileSet, context: FormatContext) => FormatReading

export type SalvageOptions = {
  readonly read: Read
  readonly context: FormatContext
  /** The document as its engine would have it (its checksum), and the files that follow; null: it cannot be made so. */
  readonly finish?: (text: string) => Finished
}

export type Finished = {
  readonly changes: readonly FileChange[]
  readonly losses: readonly string[]
} | null

/**
 * [F271] What is left of a document that is no JSON, as a repair behind the engine's own spares: nothing that would be a guess
 * is taken over, and the engine has to be able to read the result.
 */
export function salvageRepair(set: FileSet, options: SalvageOptions): readonly FormatRepair[] {
  const found = salvaged(set, options)
  return found.kind === 'ok' ? [found.repair] : []
}

/** Why nothing of a document is offered by salvage, and what was found in it; null when something is, or nothing is broken. */
export function whyNoSalvage(set: FileSet, options: SalvageOptions): NoSalvage | null {
  const found = salvaged(set, options)
  return found.kind === 'refused' ? found.why : null
}

export type NoSalvage = { readonly problem: string; readonly items: readonly RepairItem[] }

type Salvaged =
  | { readonly kind: 'ok'; readonly repair: FormatRepair }
  | { readonly kind: 'refused'; readonly why: NoSalvage | null }

function salvaged(set: FileSet, { read, context, finish }: SalvageOptions): Salvaged {
  const source = set.texts.get(set.document)
  if (source === undefined || !isBroken(set, source, () => errorOf(read(set, context))))
    return { kind: 'refused', why: null }
  const { text, items, losses: unread, confidence } = salvageText(set.bytes ?? source, context)
  const why = 'what could be read of the state'
  const refused = (problem: string) => ({ kind: 'refused', why: { problem, items } }) as const
  const finished =
    text === null || finish === undefined
      ? { changes: [{ path: set.document, text, why }], losses: [] }
      : finish(text)
  if (text === null || finished === null)
    return refused('Nothing of the damaged file can be read for certain.')
  const { changes, losses } = finished
  const written = changes.map((change) => [change.path, change.text ?? ''] as const)
  const { bytes: _damaged, ...plain } = set
  const after = read({ ...plain, texts: new Map([...set.texts, ...written]) }, context)
  const error = errorOf(after)
  if (after.run === null || error !== null) {
    const left = after.run === null ? 'no run is left in it.' : error
    const problem = `What can be read of the damaged file is not enough: ${left}`
    return refused(problem)
  }
  const told = [...unread, ...losses]
  const sure = losses.length === 0 ? confidence : 'guess'
  return {
    kind: 'ok',
    repair: {
      id: 'salvage',
      label: salvageLabel(sure),
      confidence: sure,
      losses: told,
      changes,
      items,
    },
  }
}

/** What is repaired by reading the damaged file, as a person is asked about it. */
export function salvageLabel(confidence: FormatRepair['confidence']): string {
  return confidence === 'guess'
    ? 'Keep what can be read of the damaged file'
    : 'Write the damaged file anew: all of it can be read'
}

/** A log of one document a line is no JSON, and nothing is wrong with it. */
function isBroken({ bytes }: FileSet, source: string, error: () => string | null): boolean {
  if (bytes !== undefined) return true
  return parseText(source, 'python').kind === 'broken' && error() !== null
}

function errorOf({ findings }: FormatReading): string | null {
  return findings.find(({ severity }) => severity === 'error')?.sentence ?? null
}
