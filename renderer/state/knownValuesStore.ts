// Values that the runs of the workspace have, for what completes a filter.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { KnownValues } from '../../shared/core/query/completeQuery.ts'
import { wordFields, type WordField } from '../../shared/schema/runCondition.ts'

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
    /** Where that fails nothing is offered; whatever is wrong, the list itself tells. */
    const read = async (by: WordField, key: string) => {
      const [answer] = await Promise.allSettled([
        client.call('run.groups', { by, limit: valuesShown }),
      ])
      if (answer.status === 'rejected') asked = null
      else set({ values: { ...get().values, [key]: valuesOf(answer.value) } })
    }
    return {
      values: {},
      look: (key) => {
        const by = wordFields.find((field) => field === key)
        if (by === undefined || asked === key) return
        asked = key
        void read(by, key)
      },
    }
  })
}

function valuesOf({ groups }: CallOutput<'run.groups'>): readonly string[] {
  const values = groups.flatMap(({ value }) => (value === null ? [] : [value]))
  return [...new Set(values)]
}
