import { readJson } from '../../../shared/core/edit/readJson.ts'
import type { JsonProblem } from '../../ui/createJsonEditor.ts'

/** Why a text is no value that can be kept exactly, and where; null: it is one. */
export function jsonProblem(text: string): JsonProblem | null {
  const read = readJson(text)
  return read.kind === 'ok' ? null : read
}
