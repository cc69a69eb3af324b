// Starting a workflow: the definitions of the workspace, the chosen one with its form, and what came of starting it.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { createReader } from './createReader.ts'
import { readDraft, type FormDraft, type FormProblems } from './formDraft.ts'
import { refusedValues } from './refusedValues.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type WorkflowRow = CallOutput<'workflow.list'>['workflows'][number]
export type Workflow = CallOutput<'workflow.read'>

export type StartWork =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'failed'; readonly error: AppError }

export type StartState = {
  readonly workflows: Remote<readonly WorkflowRow[]>
  /** Path of the definition that is looked at. */
  readonly chosen: string | null
  readonly workflow: Remote<Workflow>
  readonly draft: FormDraft
  /** What the host found wrong, until the field is changed. */
  readonly problems: FormProblems
  readonly work: StartWork
  readonly open: () => () => void
  readonly refresh: () => Promise<void>
  readonly choose: (definition: string | null) => Promise<void>
  readonly change: (name: string, value: string | boolean) => void
  /** The run that was started; null when it was not, which `work` or `problems` says why. */
  readonly start: () => Promise<Ref | null>
}
export type StartStore = StoreApi<StartState>

export function createStartStore(client: Client): StartStore {
  return createStore<StartState>()((set, get) => {
    const list = createReader(async () => {
      try {
        const { workflows } = await client.call('workflow.list', {})
        set({ workflows: ready(workflows) })
      } catch (error) {
        set({ workflows: failed(get().workflows, error) })
      }
    })
    const read = async () => {
      const { chosen: definition } = get()
      if (definition === null) return
      try {
        const workflow = await client.call('workflow.read', { definition })
        if (get().chosen === definition) set({ workflow: ready(workflow) })
      } catch (error) {
        if (get().chosen === definition) set({ workflow: failed(get().workflow, error) })
      }
    }
    const refresh = async () => {
      await Promise.all([list(), read()])
    }
    return {
      workflows: loading,
      chosen: null,
      workflow: loading,
      ...untouched,
      refresh,
      open: () => {
        void list()
        return client.on('workspace.changed', () => void refresh())
      },
      choose: async (chosen) => {
        if (chosen === get().chosen) return
        set({ chosen, workflow: loading, ...untouched })
        await read()
      },
      change: (name, value) => {
        const { [name]: _, ...problems } = get().problems
        set({ draft: { ...get().draft, [name]: value }, problems })
      },
      start: async () => {
        const { chosen: definition, workflow, draft, work } = get()
        if (definition === null || workflow.kind !== 'ready' || work.kind === 'starting')
          return null
        const filled = readDraft(workflow.value.fields, draft)
        if (filled.kind === 'invalid') return null
        set({ work: { kind: 'starting' }, problems: {} })
        try {
          const { ref } = await client.call('run.start', {
            definition,
            inputs: { ...filled.values },
          })
          set({ work: { kind: 'idle' } })
          return ref
        } catch (cause) {
          const error = toAppError(cause)
          set({ work: { kind: 'failed', error }, problems: refusedValues(error) })
          return null
        }
      },
    }
  })
}

const untouched = { draft: {}, problems: {}, work: { kind: 'idle' } } as const
