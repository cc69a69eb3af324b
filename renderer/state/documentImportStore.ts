// A run of Unstuck made of another engine's state: planned by what is chosen, made, and read back.
import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { ImportPlan } from '../../shared/contract/documentImport.ts'
import type { ImportChoices } from './documentCommands.ts'
import { createPlanStore, type PlanStore } from './planStore.ts'

export type Imported = CallOutput<'document.import.apply'>
export type DocumentImportStore = PlanStore<ImportTexts, ImportPlan, Imported>

/** As it is typed. */
export type ImportTexts = { readonly definition: string; readonly commands: string }

export function createDocumentImportStore(client: Client, ref: Ref): DocumentImportStore {
  return createPlanStore(client, {
    input: { definition: '', commands: '' },
    plan: (texts, signal) =>
      client.call('document.import.plan', { ref, ...importChoices(texts) }, { signal }),
  })
}

/** `STEP=COMMAND`, one a line; a line that is not one yet is left out. */
export function importChoices({ definition, commands }: ImportTexts): ImportChoices {
  const pairs = commands.split('\n').flatMap((line) => {
    const [, step = '', command = ''] = /^\s*([^=\s][^=]*?)\s*=\s*(\S.*)$/.exec(line) ?? []
    return step === '' ? [] : [[step, command.trim()] as const]
  })
  const path = definition.trim()
  return { definition: path === '' ? null : path, commands: Object.fromEntries(pairs) }
}
