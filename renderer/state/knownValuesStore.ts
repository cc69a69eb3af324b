// Values that the runs of the workspace have, for what completes a filter.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../shared/contract/contract.ts'
import type { KnownValues } from '../../shared/core/query/completeQuery.ts'
import { wordFields } from '../../shared/schema/runCondition.ts'

export type KnownValuesState = {
  readonly values: KnownValues
  /** Somebody is about to write a value of this field. */
  readonly look: (key: string) => void
}
export type KnownValuesStore = StoreApi<KnownValuesState>

const valuesShown = 100

export function createKnownValuesStore(client: Client): KnownValuesStore {
  return createStore<KnownValuesState>()((set, get) => {
    let asked: string | null = null
    return {
      values: {},
      look: (key) => {
        const by = wordFields.find((field) => field === key)
        if (by === undefined || asked === key) return
        asked = key
        void client.call('run.groups', { by, limit: valuesShown }).then(
          ({ groups }) => {
            const values = groups.flatMap(({ value }) => (value === null ? [] : [value]))
            set({ values: { ...get().values, [key]: [...new Set(values)] } })
          },
          () => {
            // Nothing is offered then; whatever is wrong, the list itself tells.
            asked = null
          },
        )
      },
    }
  })
}
