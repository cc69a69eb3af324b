// [F324] Files that differ in the version in their names, and are of one id, are states of one run.
import { compare } from '../../../schema/compare.ts'
import type { FileSet, FormatContext, FormatGuess, FormatPoint, FormatRank } from '../format.ts'
import type { UnknownState } from './asked.ts'
import { plainName } from './names.ts'
import { stateOf } from './unknownState.ts'
import { versionName } from './versionName.ts'

/** Null for what shows no run, and where neither an id nor the name says that it is a version. */
export function rankUnknown(
  document: string,
  text: string,
  context: FormatContext,
): FormatRank | null {
  return rankOf(document, stateOf(setOf(document, text), context))
}

/** The earlier states among the files, oldest first. */
export function versionsIn(
  set: FileSet,
  state: UnknownState,
  context: FormatContext,
): readonly FormatPoint[] {
  const own = rankOf(set.document, state)
  if (own === null) return []
  return [...set.texts]
    .flatMap(([path, text]) => {
      if (path === set.document) return []
      const other = stateOf(setOf(path, text, set), context)
      const rank = rankOf(path, other)
      return rank?.run === own.run && rank.order < own.order
        ? [{ order: rank.order, point: pointOf(path, other) }]
        : []
    })
    .toSorted((one, other) => compare(one.order, other.order))
    .map(({ point }) => point)
}

export function versionsGuess(points: readonly FormatPoint[]): readonly FormatGuess[] {
  if (points.length === 0) return []
  const [first] = points
  const what =
    points.length === 1
      ? `${first?.label ?? ''} is`
      : `${points.length} files, such as ${first?.label ?? ''}, are`
  const evidence = `${what} named like it but for a version, and of the same id.`
  return [{ field: 'versions', path: null, confidence: 'possible', evidence }]
}

function rankOf(
  document: string,
  { run, runs, guesses, mapping }: UnknownState,
): FormatRank | null {
  if (run === null || runs.length > 0 || mapping?.paths.versions === null) return null
  const { family, order, kind } = versionName(document)
  const idPath = guesses.find(({ field }) => field === 'id')?.path ?? null
  const isOwnId =
    idPath !== null && !/^(?:name|key)$/.test(plainName(idPath.slice(idPath.lastIndexOf('/') + 1)))
  if (kind === 'numbered' && !isOwnId) return null
  return { run: JSON.stringify([family, idPath === null ? null : run.id]), order }
}

function pointOf(path: string, { run }: UnknownState): FormatPoint {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return {
    id: `file:${name.slice(-190)}`,
    label: name,
    kind: versionName(path).isCopy ? 'backup' : 'history',
    document: path,
    item: null,
    at: run?.updatedAt ?? null,
    problem: null,
  }
}

function setOf(document: string, text: string, beside?: FileSet): FileSet {
  const files = beside?.files.filter(({ path }) => path === document) ?? []
  return { document, item: null, files, texts: new Map([[document, text]]) }
}
