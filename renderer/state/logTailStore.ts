// The end of an attempt's log, as it stands beside a reason.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import { readLogTail, type LogTail } from '../../shared/contract/readLogTail.ts'
import { StepId } from '../../shared/schema/ids.ts'
import { createReader } from './createReader.ts'
import { never, type Every } from './every.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type LogTailState = {
  readonly tail: Remote<LogTail>
  readonly refresh: () => Promise<void>
  readonly open: () => () => void
}
export type LogTailStore = StoreApi<LogTailState>

const readAgainMs = 2000

/** `every`: while the attempt goes on, its log grows, and no event tells of it. */
export function createLogTailStore(
  client: Client,
  at: { readonly ref: Ref; readonly step: string; readonly attempt: number },
  every: Every = never,
): LogTailStore {
  return createStore<LogTailState>()((set, get) => {
    const refresh = createReader(async () => {
      try {
        set({ tail: ready(await readLogTail(client, { ...at, step: StepId.parse(at.step) })) })
      } catch (error) {
        set({ tail: failed(get().tail, error) })
      }
    })
    return {
      tail: loading,
      refresh,
      open: () => {
        void refresh()
        return every(readAgainMs, () => void refresh())
      },
    }
  })
}
