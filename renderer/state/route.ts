import { assertNever } from '../../shared/assert.ts'
import type { Ref } from '../../shared/contract/call.ts'
import type { RunSort, RunView } from '../../shared/contract/runs.ts'
import type { OperationState } from '../../shared/contract/upkeep.ts'
import type { ErrorState } from '../../shared/schema/errorGroup.ts'
import type { GroupBy } from '../../shared/schema/runCondition.ts'
import type { FormatId } from '../../shared/schema/format.ts'

export const cleanupTabs = ['policy', 'engines', 'trash', 'storage'] as const
export type CleanupTab = (typeof cleanupTabs)[number]

export const runTabs = [
  /** Of a document that holds many. */
  'runs',
  'timeline',
  'graph',
  'state',
  'checkpoints',
  'logs',
  'history',
  'raw',
] as const
export type RunTab = (typeof runTabs)[number]

export const rawFiles = ['head', 'journal', 'document'] as const
export type RawFile = (typeof rawFiles)[number]
export type RawPlace = { readonly file: RawFile; readonly byte: number }

/** What is planned for another engine's state, in its own screen. */
export const documentActions = ['edit', 'repair', 'migrate', 'resume', 'import'] as const
export type DocumentActionName = (typeof documentActions)[number]

/** One side of a comparison: a document, and a checkpoint of it or null for as it is now. */
export type RouteSide = {
  readonly document: string
  readonly format: FormatId
  readonly checkpoint: string | null
}

/** Where the user is. The address says it whole, so that it can be kept, shared and gone back to. */
export type Route =
  | {
      readonly kind: 'runs'
      readonly view: RunView
      /** What is asked for, as it is written in the filter bar. */
      readonly text: string
      /** Left out: a row a run. */
      readonly groupBy?: GroupBy
      /** Left out: the newest first. */
      readonly sort?: RunSort
      /** The columns that are shown, as `columnChoice` writes them. Left out: as the person has them. */
      readonly columns?: readonly string[]
    }
  | {
      readonly kind: 'run'
      readonly document: string
      readonly format: FormatId
      /** One of the runs in a document that holds many. */
      readonly item?: string
      readonly tab: RunTab
      readonly step: string | null
      readonly checkpoint: string | null
      /** A place in the state. */
      readonly pointer?: string
      /** A byte of one of its files, in Raw. */
      readonly raw?: RawPlace
    }
  | { readonly kind: 'compare'; readonly left: RouteSide | null; readonly right: RouteSide | null }
  | {
      readonly kind: 'resume'
      readonly document: string
      readonly from: string | null
      /** The step that a person is to decide about; it is shown first. */
      readonly step: string | null
    }
  /** Many runs at once: those that match, or those that are named. */
  | {
      readonly kind: 'resumeMany'
      readonly view: RunView
      readonly text: string
      /** Null: all that match. */
      readonly runs: readonly string[] | null
      readonly except: readonly string[]
    }
  /** The resume of many runs that was started; null: all of them. */
  | { readonly kind: 'batches'; readonly batch: string | null }
  | {
      readonly kind: 'start'
      /** Path of the definition whose form is shown. */
      readonly definition: string | null
    }
  /** What is staged for a run, before it is done. */
  | { readonly kind: 'edit'; readonly document: string }
  /** One edit in many runs. */
  | { readonly kind: 'editMany'; readonly runs: readonly string[] }
  | { readonly kind: 'repair'; readonly document: string }
  | { readonly kind: 'migrate'; readonly document: string | null }
  /** Every run and document against every rule of integrity. */
  | { readonly kind: 'check' }
  /** What would be done with another engine's state, before it is done. */
  | {
      readonly kind: 'document'
      readonly document: string
      readonly format: FormatId
      readonly item?: string
      readonly action: DocumentActionName
      /** Of resume: the step from which the engine is to go on; left out: as it would by itself. */
      readonly from?: string
    }
  | { readonly kind: 'cleanup'; readonly tab: CleanupTab }
  /** Runs that failed alike, and the error that is looked at: its text or its id. */
  | {
      readonly kind: 'errors'
      readonly error: string | null
      readonly state: ErrorState | null
      readonly text: string
    }
  /** The operations log, narrowed down. */
  | {
      readonly kind: 'operations'
      readonly run: string | null
      readonly call: string | null
      readonly state: OperationState | null
      readonly text: string
    }
  /** The settings, narrowed down to those with these letters. */
  | { readonly kind: 'settings'; readonly text: string }
  /** Other hosts that can be shown. */
  | { readonly kind: 'hosts' }

/** `#/runs/failed?text=etl+age>1h&group=error&sort=-id`, `#/run/<document>/timeline?step=load`, `#/compare?left=<document>&leftCheckpoint=…`. */
export function encodeRoute(route: Route): string {
  switch (route.kind) {
    case 'runs':
      return write(['runs', route.view], {
        text: route.text,
        group: route.groupBy,
        sort: writeSort(route.sort ?? newestFirst),
        columns: route.columns?.join(','),
      })
    case 'run':
      return write(['run', route.document, route.tab], {
        format: route.format === 'unstuck' ? null : route.format,
        item: route.item,
        step: route.step,
        checkpoint: route.checkpoint,
        pointer: route.pointer,
        file: route.raw?.file,
        byte: route.raw?.byte.toString(),
      })
    case 'compare':
      return write(['compare'], {
        left: route.left?.document,
        leftFormat: foreign(route.left),
        leftCheckpoint: route.left?.checkpoint,
        right: route.right?.document,
        rightFormat: foreign(route.right),
        rightCheckpoint: route.right?.checkpoint,
      })
    case 'resume':
      return write(['resume', route.document], { from: route.from, step: route.step })
    case 'resumeMany':
      return write(['resume'], {
        view: route.view === 'all' ? null : route.view,
        text: route.text,
        runs: route.runs?.join(','),
        except: route.except.join(','),
      })
    case 'batches':
      return write(route.batch === null ? ['batches'] : ['batches', route.batch], {})
    case 'start':
      return write(['start'], { definition: route.definition })
    case 'edit':
      return write(['edit', route.document], {})
    case 'editMany':
      return write(['edit'], { runs: route.runs.join(',') })
    case 'repair':
      return write(['repair', route.document], {})
    case 'migrate':
      return write(route.document === null ? ['migrate'] : ['migrate', route.document], {})
    case 'check':
      return write(['check'], {})
    case 'document':
      return write(['document', route.document, route.action], {
        format: route.format,
        item: route.item,
        from: route.from,
      })
    case 'cleanup':
      return write(['cleanup', route.tab], {})
    case 'errors':
      return write(route.error === null ? ['errors'] : ['errors', route.error], {
        state: route.state,
        text: route.text,
      })
    case 'operations':
      return write(['operations'], {
        run: route.run,
        call: route.call,
        state: route.state,
        text: route.text,
      })
    case 'settings':
      return write(['settings'], { text: route.text })
    case 'hosts':
      return write(['hosts'], {})
    default:
      return assertNever(route)
  }
}

export type ListRoute = Extract<Route, { readonly kind: 'runs' }>

/** All runs, as they are shown at first. */
export const home: ListRoute = { kind: 'runs', view: 'all', text: '' }

/** Whatever came to its state last is first, as *In this state* tells it. */
export const newestFirst: RunSort = { column: 'since', descending: true }

/** A run as it is opened from a list: its first tab, nothing selected. */
export function runRoute(document: string, format: FormatId = 'unstuck'): Route & { kind: 'run' } {
  return { kind: 'run', document, format, tab: 'timeline', step: null, checkpoint: null }
}

/** The log of all, or of one run. */
export function operationsRoute(run: string | null = null): Route & { kind: 'operations' } {
  return { kind: 'operations', run, call: null, state: null, text: '' }
}

/** All errors, or one of them. */
export function errorsRoute(error: string | null = null): Route & { kind: 'errors' } {
  return { kind: 'errors', error, state: null, text: '' }
}

type Named = Pick<Ref, 'document' | 'format' | 'item'>

/** The run, or the one of its runs that is meant. */
export function routeOfRef({ document, format, item }: Named): Route & { kind: 'run' } {
  return { ...runRoute(document, format), ...(item === null ? {} : { item }) }
}

export function documentRoute(
  { document, format, item }: Named,
  action: DocumentActionName,
): Route & { kind: 'document' } {
  return { kind: 'document', document, format, action, ...(item === null ? {} : { item }) }
}

type Query = { readonly [key: string]: string | null | undefined }

function write(path: readonly string[], query: Query): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value) search.set(key, value)
  const text = search.toString()
  return `#/${path.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`
}

function foreign(side: RouteSide | null): FormatId | null {
  return side === null || side.format === 'unstuck' ? null : side.format
}

/** `-id`: by it, descending; `pinned,-id`: pinned runs before the others. Null: as it is when nothing is said. */
function writeSort({ column, descending, pinnedFirst = false }: RunSort): string | null {
  const text = `${pinnedFirst ? 'pinned,' : ''}${descending ? '-' : ''}${column}`
  return text === `-${newestFirst.column}` ? null : text
}
