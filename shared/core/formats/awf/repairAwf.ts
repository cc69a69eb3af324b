import { compare } from '../../../schema/compare.ts'
import type { FileSet, FormatRepair } from '../format.ts'
import { nameOf } from './awfFiles.ts'
import { openAwf, temporariesOf, temporaryProblem, type AwfOpened } from './awfReading.ts'
import type { AwfState } from './awfState.ts'

/** [F40] A temporary file that is whole and newer takes the place of the state; one that is of no use goes to the trash. */
export function repairAwf(set: FileSet): readonly FormatRepair[] {
  const current = openAwf(set)
  const rows = temporariesOf(set).map((path) => ({ path, opened: openAwf(set, path) }))
  const taken = rows.flatMap((row) => takeOver(set, current, row))
  // Beside a damaged state every other file is evidence, and stays.
  const thrown = current.kind === 'ok' ? rows.flatMap((row) => throwAway(set, current, row)) : []
  return [...taken.toSorted((a, b) => compare(b.ns, a.ns)).map(({ repair }) => repair), ...thrown]
}

type Temporary = { readonly path: string; readonly opened: AwfOpened }
type Taken = { readonly repair: FormatRepair; readonly ns: bigint }

function takeOver(set: FileSet, current: AwfOpened, { path, opened }: Temporary): readonly Taken[] {
  const text = set.texts.get(path)
  if (opened.kind === 'broken' || text === undefined || temporaryProblem(set, path) !== null)
    return []
  const { state } = opened.read
  if (current.kind === 'ok' && !isNewer(state, current.read.state)) return []
  const repair: FormatRepair = {
    id: `temporary:${nameOf(path)}`,
    label: `Take over the left-over temporary file, saved at ${state.updatedAt.at ?? 'an unknown time'}, at ${state.currentStep || 'no step'}`,
    confidence: 'likely',
    losses: [lossOf(current)],
    changes: [
      { path: set.document, text, why: 'the state' },
      { path, text: null, why: 'the left-over temporary file' },
    ],
  }
  return [{ repair, ns: state.updatedAt.ns }]
}

function lossOf(current: AwfOpened): string {
  if (current.kind === 'broken')
    return 'What the damaged file says and the temporary file does not: compare them first.'
  const { updatedAt, currentStep } = current.read.state
  return `The state as it is now, saved at ${updatedAt.at ?? 'an unknown time'} at ${currentStep || 'no step'}: it is older.`
}

function throwAway(
  set: FileSet,
  current: Extract<AwfOpened, { kind: 'ok' }>,
  { path, opened }: Temporary,
): readonly FormatRepair[] {
  const isOfUse =
    opened.kind === 'ok' &&
    temporaryProblem(set, path) === null &&
    isNewer(opened.read.state, current.read.state)
  if (isOfUse) return []
  const problem = temporaryProblem(set, path) ?? 'It is not newer than the state.'
  return [
    {
      id: `trash:${nameOf(path)}`,
      label: 'Move the left-over temporary file to the trash',
      confidence: 'certain',
      losses: [`The temporary file, which AWF never reads. ${problem}`],
      changes: [{ path, text: null, why: 'the left-over temporary file' }],
    },
  ]
}

function isNewer(state: AwfState, than: AwfState): boolean {
  return state.updatedAt.ns > than.updatedAt.ns
}
