// The command lines that do with another engine's state what the screens do.
import type { Ref } from '../../shared/contract/call.ts'
import type { StagedEdit } from './editStore.ts'
import { option, shellLine, withOptions } from './shellLine.ts'

type Named = Pick<Ref, 'document' | 'item'>

/** Null where it cannot be said as options. */
export function editDocumentCommand(
  of: Named,
  edits: readonly StagedEdit[],
  reason: string,
): string | null {
  const options = edits.map(({ edit }) => {
    switch (edit.kind) {
      case 'set':
      case 'add':
        return option(edit.kind, `${edit.path}=${edit.json}`)
      case 'remove':
        return option('remove', edit.path)
      case 'rename':
        return option('rename', `${edit.path}=${edit.name}`)
      default:
        return null
    }
  })
  const said = options.filter((one) => one !== null)
  // Options of one kind are made together: another order may be another edit.
  const kinds = new Set(edits.map(({ edit }) => edit.kind))
  if (said.length < edits.length || kinds.size > 1) return null
  return unstuck('edit', of, [...said.flat(), ...reasoned(reason)])
}

export type RepairDocumentChoices = {
  readonly repair: string | null
  readonly accepted: readonly string[]
  readonly rejected: readonly string[]
}

export function repairDocumentCommand(of: Named, choices: RepairDocumentChoices): string {
  const { repair, accepted, rejected } = choices
  return unstuck('repair', of, [
    ...(repair === null ? [] : option('source', repair)),
    ...accepted.flatMap((id) => option('accept', id)),
    ...rejected.flatMap((id) => option('reject', id)),
    '--apply',
  ])
}

export function migrateDocumentCommand(of: Named): string {
  return unstuck('migrate', of, ['--apply'])
}

export function resumeDocumentCommand(of: Named, from: string | null): string {
  return unstuck('resume', of, [...(from === null ? [] : option('from', from)), '--yes'])
}

export type ImportChoices = {
  readonly definition: string | null
  readonly commands: { readonly [step: string]: string }
}

export function importDocumentCommand(of: Named, { definition, commands }: ImportChoices): string {
  return unstuck('import', of, [
    ...(definition === null ? [] : option('definition', definition)),
    ...Object.entries(commands).flatMap(([step, command]) =>
      option('command', `${step}=${command}`),
    ),
    '--apply',
  ])
}

/** Without a reason it only shows what would be done. */
function reasoned(reason: string): readonly string[] {
  return reason.trim() === '' ? [] : [...option('reason', reason.trim()), '--apply']
}

function unstuck(command: string, { document, item }: Named, options: readonly string[]): string {
  const subject = item === null ? document : `${document}#${item}`
  return shellLine(['unstuck', command, ...withOptions([subject], options)])
}
