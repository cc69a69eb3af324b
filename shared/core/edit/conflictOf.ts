import type { Json } from '../../schema/json.ts'
import { pointer, tokensOf } from '../../schema/pointer.ts'
import type { Change } from '../diff/change.ts'
import { isEqualJson, isList } from '../diff/jsonShape.ts'
import { resolvePointer } from '../tree/jsonTree.ts'
import { isStepEdit, type Edit } from './edit.ts'
import { inLine } from './inLine.ts'

type Meanwhile = {
  /** As the run was when the edit was staged, and as it is. */
  readonly base: Json
  readonly now: Json
  readonly changes: readonly Change[]
}

/** [N12] What became different since an edit was staged in the very place that it is about; null: it still applies. */
export function conflictOf(edit: Edit, { base, now, changes }: Meanwhile): string | null {
  const path = isStepEdit(edit) ? pointer('steps', edit.step) : edit.path
  const [was, is] = [resolvePointer(base, path), resolvePointer(now, path)]
  if (!isEqualJson(was, is)) {
    if (isStepEdit(edit)) return `The step ${edit.step} changed meanwhile.`
    return `${path} was ${inLine(was) ?? 'not there'} and is ${inLine(is) ?? 'gone'} now.`
  }
  const list = listsAbove(base, path).find((one) => changes.some((change) => isItemOf(change, one)))
  return list === undefined
    ? null
    : `Items of ${list} came, went or moved: ${path} may be another one now.`
}

function listsAbove(root: Json, path: string): readonly string[] {
  const tokens = tokensOf(path)
  return tokens
    .map((_, index) => pointer(...tokens.slice(0, index)))
    .filter((above) => isList(resolvePointer(root, above)))
}

function isItemOf(change: Change, list: string): boolean {
  if (change.kind === 'changed') return false
  return pointer(...tokensOf(change.path).slice(0, -1)) === list
}
