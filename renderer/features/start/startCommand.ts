import { fieldFor, readDraft, type FormDraft } from '../../state/formDraft.ts'
import { option, shellLine, withOptions } from '../../state/shellLine.ts'
import type { Workflow } from '../../state/startStore.ts'

/** The command line that starts the same. What is not right yet is left out. */
export function startCommand(
  { path, fields }: Pick<Workflow, 'path' | 'fields'>,
  draft: FormDraft,
): string {
  const inputs = fields.flatMap((form) => {
    const read = readDraft([form], draft)
    if (read.kind === 'invalid') return []
    const value = read.values[form.name]
    if (value === undefined) return []
    const isPlain = typeof value === 'string' && fieldFor(form).type !== 'json'
    // A text that begins with @ would be taken for a file.
    const text = isPlain ? value.replace(/^@/, '@@') : JSON.stringify(value)
    return option('input', `${form.name}=${text}`)
  })
  return shellLine(['unstuck', 'run', ...withOptions([path], inputs)])
}
