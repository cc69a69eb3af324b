// What one text of an unknown document says: as one value, as a list of runs, or line by line.
import type { FileSet, FormatContext } from '../format.ts'
import type { TextNode } from '../text/parseText.ts'
import { mappingOf, nothingSeen, type Asked, type Mapped, type UnknownState } from './asked.ts'
import { recordsOf } from './records.ts'
import { runsIn, type StoredRuns } from './runsIn.ts'
import { stateOfLines } from './stateOfLines.ts'
import { stateOfRun } from './stateOfRun.ts'
import { textIn } from '../textIn.ts'

export function stateOf(set: FileSet, context: FormatContext): UnknownState {
  const records = recordsOf(textIn(set, set.document))
  switch (records.kind) {
    case 'broken':
      return nothingSeen
    case 'one':
      return { ...ofOne(records.root, { set, context }), root: records.root }
    default:
      return stateOfLines(records.lines, { set, context })
  }
}

function ofOne(root: TextNode, asked: Asked): UnknownState {
  const mapping = mappingOf(root, asked)
  const stored = runsIn(root, mapping?.paths)
  if (stored === null) return stateOfRun(root, { ...asked, mapping })
  return ofStored(stored, { ...asked, mapping })
}

/** [F322] */
function ofStored({ guess: list, runs }: StoredRuns, asked: Mapped): UnknownState {
  const { item } = asked.set
  const [only, ...others] = runs
  const chosen = item === null && others.length === 0 ? only : runs.find((one) => one.item === item)
  const named =
    others.length === 0 ? [] : runs.map(({ item: name, word }) => ({ item: name, word }))
  const common = { guesses: [list], runs: named }
  if (chosen === undefined) return { ...nothingSeen, mapping: asked.mapping, ...common }
  const state = stateOfRun(chosen.node, asked)
  return { ...state, ...common, guesses: [list, ...state.guesses] }
}
