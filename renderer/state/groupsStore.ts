// The runs that fit, in groups: read when they are looked at, and again when runs change.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { RunView } from '../../shared/contract/runs.ts'
import { questionOf } from '../../shared/core/query/parseQuery.ts'
import type { GroupBy } from '../../shared/schema/runCondition.ts'
import { createReader } from './createReader.ts'
import { paced } from './paced.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type GroupsQuestion = {
  readonly view: RunView
  /** As it is written in the filter bar. */
  readonly text: string
  readonly by: GroupBy
}
export type Groups = CallOutput<'run.groups'>

export type GroupsState = {
  readonly groups: Remote<Groups>
  readonly isAsking: boolean
  /** Follows changes; returns what stops it. */
  readonly open: () => () => void
  readonly show: (question: GroupsQuestion) => void
  readonly retry: () => Promise<void>
}
export type GroupsStore = StoreApi<GroupsState>

const groupsShown = 500

export function createGroupsStore(client: Client, now: () => number = Date.now): GroupsStore {
  return createStore<GroupsState>()((set, get) => {
    let asked: GroupsQuestion | null = null
    const refresh: () => Promise<void> = createReader(async () => {
      const question = asked
      if (question === null) return
      set({ isAsking: true })
      try {
        const { view, text, by } = question
        const input = { view, ...questionOf(text, now()), by, partial: true, limit: groupsShown }
        const groups = await client.call('run.groups', input)
        if (question !== asked) return
        set({ groups: ready(groups), isAsking: false })
        if (groups.searching !== undefined) void refresh()
      } catch (error) {
        if (question === asked) set({ groups: failed(get().groups, error), isAsking: false })
      }
    })
    return {
      groups: loading,
      isAsking: false,
      open: () => {
        const stop = client.on('runs.changed', paced(refresh))
        return () => {
          asked = null
          stop()
        }
      },
      show: (question) => {
        asked = question
        void refresh()
      },
      retry: refresh,
    }
  })
}
