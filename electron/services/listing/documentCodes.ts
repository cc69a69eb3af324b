// Names documents by numbers. A run in its usual place is named by its id, so that a hundred thousand paths are kept nowhere.
import { homePath, idAtHome } from '../../store/layout.ts'
import { createCodeMap } from './codeMap.ts'
import type { TextPool } from './textPool.ts'

/** Above 0: the code of a path. Below 0: that of the id of a run whose head lies where its id says. */
export type DocumentCode = number

export type DocumentCodes = {
  readonly intern: (document: string) => DocumentCode
  readonly textOf: (code: DocumentCode) => string
  /** In the order of UTF-16 code units. */
  readonly compare: (one: DocumentCode, other: DocumentCode) => number
  /** The place of a document's row; -1 when it has none. */
  readonly placeOf: (document: string) => number
  readonly placeOfCode: (code: DocumentCode) => number
  readonly put: (code: DocumentCode, place: number) => void
  readonly remove: (code: DocumentCode) => void
}

export function createDocumentCodes(pools: {
  readonly texts: TextPool
  readonly paths: TextPool
}): DocumentCodes {
  const { texts, paths } = pools
  const placeOfPath = createCodeMap(paths.size())
  const placeOfRun = createCodeMap(texts.size())
  const textOf = (code: DocumentCode): string =>
    code < 0 ? homePath(texts.textOf(-code) ?? '') : (paths.textOf(code) ?? '')
  const placeOfCode = (code: DocumentCode): number =>
    code < 0 ? placeOfRun.get(-code) : placeOfPath.get(code)
  return {
    intern: (document) => {
      const id = idAtHome(document)
      return id === null ? paths.internUnique(document) : -texts.internUnique(id)
    },
    textOf,
    compare: (one, other) => {
      const [left, right] = [textOf(one), textOf(other)]
      return left < right ? -1 : left > right ? 1 : 0
    },
    placeOf: (document) => {
      const id = idAtHome(document)
      return id === null
        ? placeOfPath.get(paths.codeOf(document))
        : placeOfRun.get(texts.codeOf(id))
    },
    placeOfCode,
    put: (code, place) => (code < 0 ? placeOfRun.set(-code, place) : placeOfPath.set(code, place)),
    remove: (code) => (code < 0 ? placeOfRun.delete(-code) : placeOfPath.delete(code)),
  }
}
