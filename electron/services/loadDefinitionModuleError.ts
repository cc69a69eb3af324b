import { relative, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DefinitionProblem } from '../../shared/contract/workflows.ts'

/** What a module's process said before it failed, as a problem of the definition. */
export function explainModuleError(
  message: string | null,
  { source, stderr }: { readonly source: string; readonly stderr: string },
): DefinitionProblem {
  const base = { path: '', suggestion: null }
  if (message !== null) return { ...base, message, line: 1, column: 1 }
  const place = placeOf(stderr, source)
  const error = /^(?:\w*Error|Error)\b.*$/m.exec(stderr)?.[0]
  const said = error?.replace(/^(\w+) \[\w+\]:/, '$1:') ?? lastLine(stderr)
  const where =
    place === null || place.file === source
      ? ''
      : ` (in ${relative(dirname(source), place.file)}:${place.line})`
  const isHere = place?.file === source
  return {
    ...base,
    message: `the module cannot be executed: ${said}${where}`,
    line: isHere ? place.line : 1,
    column: isHere ? place.column : 1,
  }
}

type Place = { readonly file: string; readonly line: number; readonly column: number }

/** The first frame of a file, else the place above the code that Node shows. */
function placeOf(stderr: string, source: string): Place | null {
  const frames = [...stderr.matchAll(/\bat (?:.*\()?(file:\/\/[^\s)]+):(\d+):(\d+)/g)].map(
    ([, file = '', line, column]) => ({
      file: pathOf(file),
      line: Number(line),
      column: Number(column),
    }),
  )
  const frame = frames.find(({ file }) => file === source) ?? frames[0]
  if (frame !== undefined) return frame
  const shown = /^(file:\/\/\S+|\/[^\n]*?):(\d+)\n(?:[^\n]*\n){1,4}?([ \t]*)\^/m.exec(stderr)
  if (shown === null) return null
  return {
    file: pathOf(shown[1] ?? ''),
    line: Number(shown[2]),
    column: (shown[3] ?? '').length + 1,
  }
}

function pathOf(file: string): string {
  return file.startsWith('file://') ? fileURLToPath(file) : file
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? 'it ended without a word'
}
