// The command lines that do with another engine's state what the screens do; its edits are said as those of runs are.
import type { Ref } from '../../shared/contract/call.ts'
import { option, shellLine, subjectOf, withOptions } from './shellLine.ts'

type Named = Pick<Ref, 'document' | 'item'>

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

function unstuck(command: string, of: Named, options: readonly string[]): string {
  return shellLine(['unstuck', command, ...withOptions([subjectOf(of)], options)])
}
