// What a step reads and writes, with what stands there now.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import { createReader } from './createReader.ts'
import { paced } from './paced.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type StepUsesState = {
  readonly uses: Remote<CallOutput<'step.uses'>>
  readonly open: () => () => void
  readonly refresh: () => Promise<void>
}
export type StepUsesStore = StoreApi<StepUsesState>

export function createStepUsesStore(
  client: Client,
  { ref, step }: { readonly ref: Ref; readonly step: StepId },
): StepUsesStore {
  return createStore<StepUsesState>()((set, get) => {
    const refresh = createReader(async () => {
      try {
        set({ uses: ready(await client.call('step.uses', { ref, step })) })
      } catch (error) {
        set({ uses: failed(get().uses, error) })
      }
    })
    return {
      uses: loading,
      refresh,
      open: () => {
        const again = paced(refresh)
        void refresh()
        return client.on('run.progressed', ({ run }) => {
          if (run === ref.document) again()
        })
      },
    }
  })
}
