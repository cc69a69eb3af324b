// What the inputs of a run may be, as its recorded definition declares them.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import { fieldsOf, type FormField } from '../../shared/core/form/fieldsOf.ts'
import { toAppError } from '../../shared/errors.ts'
import { RecordedDefinition } from '../../shared/schema/workflow.ts'

export type InputFieldsState = {
  /** Null: not read yet. None where the definition declares none, or too many to be read at once. */
  readonly fields: readonly FormField[] | null
  readonly open: () => () => void
}

export function createInputFieldsStore(client: Client, ref: Ref): StoreApi<InputFieldsState> {
  return createStore<InputFieldsState>()((set) => ({
    fields: null,
    open: () => {
      void readFields(client, ref).then((fields) => set({ fields }))
      return () => undefined
    },
  }))
}

/** They only help while typing: whatever stands in the way of reading them is told where it matters. */
async function readFields(client: Client, ref: Ref): Promise<readonly FormField[]> {
  const pointer = '/workflow/definition/inputs'
  try {
    const { text, nextOffset } = await client.call('state.value', { ref, pointer, limitBytes })
    if (nextOffset !== null) return []
    return fieldsOf(RecordedDefinition.shape.inputs.safeParse(JSON.parse(text)).data)
  } catch (error) {
    if (toAppError(error).code === 'bug') throw error
    return []
  }
}

const limitBytes = 262_144
