import { RunSort, RunView } from '../../shared/contract/runs.ts'
import { OperationState } from '../../shared/contract/upkeep.ts'
import { ErrorState } from '../../shared/schema/errorGroup.ts'
import { FormatId } from '../../shared/schema/format.ts'
import { GroupBy } from '../../shared/schema/runCondition.ts'
import {
  cleanupTabs,
  documentActions,
  home,
  rawFiles,
  runTabs,
  type RawPlace,
  type Route,
  type RouteSide,
} from './route.ts'

/** The route that an address says; what cannot be read is the list of runs. */
export function decodeRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [kind, first, second] = path.split('/').map(readPart)
  const read = new URLSearchParams(query)
  switch (kind) {
    case 'run': {
      if (!first) return home
      const pointer = read.get('pointer')
      const item = read.get('item')
      return {
        kind,
        document: first,
        format: readFormat(read.get('format')),
        tab: runTabs.find((tab) => tab === second) ?? 'timeline',
        step: read.get('step'),
        checkpoint: read.get('checkpoint'),
        ...(item === null ? {} : { item }),
        ...(pointer === null ? {} : { pointer }),
        ...readRaw(read),
      }
    }
    case 'compare':
      return { kind, left: readSide(read, 'left'), right: readSide(read, 'right') }
    case 'resume':
      return first
        ? { kind, document: first, from: read.get('from'), step: read.get('step') }
        : readMany(read)
    case 'batches':
      return { kind, batch: first ?? null }
    case 'start':
      return { kind, definition: read.get('definition') }
    case 'edit': {
      const runs = namesIn(read.get('runs'))
      return first ? { kind, document: first } : { kind: 'editMany', runs }
    }
    case 'repair':
      return first ? { kind, document: first } : home
    case 'migrate':
      return { kind, document: first ?? null }
    case 'check':
      return { kind }
    case 'document': {
      const action = documentActions.find((one) => one === second)
      if (!first || action === undefined) return home
      const item = read.get('item')
      const format = readFormat(read.get('format'))
      const from = read.get('from')
      return {
        kind,
        document: first,
        format,
        action,
        ...(item === null ? {} : { item }),
        ...(from === null ? {} : { from }),
      }
    }
    case 'cleanup':
      return { kind, tab: cleanupTabs.find((tab) => tab === first) ?? 'policy' }
    case 'errors':
      return {
        kind,
        error: first || null,
        state: ErrorState.options.find((one) => one === read.get('state')) ?? null,
        text: read.get('text') ?? '',
      }
    case 'operations':
      return {
        kind,
        run: read.get('run'),
        call: read.get('call'),
        state: OperationState.options.find((one) => one === read.get('state')) ?? null,
        text: read.get('text') ?? '',
      }
    case 'settings':
      return { kind, text: read.get('text') ?? '' }
    case 'hosts':
      return { kind }
    default:
      return {
        kind: 'runs',
        view: readView(first),
        text: read.get('text') ?? '',
        ...readGroup(read),
        ...readSort(read.get('sort')),
        ...readColumns(read.get('columns')),
      }
  }
}

function readMany(read: URLSearchParams): Route {
  const runs = namesIn(read.get('runs'))
  return {
    kind: 'resumeMany',
    view: readView(read.get('view') ?? undefined),
    text: read.get('text') ?? '',
    runs: runs.length === 0 ? null : runs,
    except: namesIn(read.get('except')),
  }
}

function namesIn(text: string | null): readonly string[] {
  return (text ?? '').split(',').filter(Boolean)
}

/** A part that is no valid percent encoding stands as it is. */
function readPart(part: string): string | undefined {
  if (part === '') return undefined
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function readSide(read: URLSearchParams, side: 'left' | 'right'): RouteSide | null {
  const document = read.get(side)
  if (!document) return null
  const format = readFormat(read.get(`${side}Format`))
  return { document, format, checkpoint: read.get(`${side}Checkpoint`) }
}

function readRaw(read: URLSearchParams): { readonly raw?: RawPlace } {
  const file = rawFiles.find((one) => one === read.get('file'))
  const byte = /^\d{1,15}$/.test(read.get('byte') ?? '') ? Number(read.get('byte')) : null
  return file === undefined || byte === null ? {} : { raw: { file, byte } }
}

function readFormat(text: string | null): FormatId {
  const read = FormatId.safeParse(text)
  return read.success ? read.data : 'unstuck'
}

function readGroup(read: URLSearchParams): { readonly groupBy?: GroupBy } {
  const group = GroupBy.safeParse(read.get('group'))
  return group.success ? { groupBy: group.data } : {}
}

function readSort(text: string | null): { readonly sort?: RunSort } {
  const [, pinned, minus, name] = /^(pinned,)?(-)?(.*)$/.exec(text ?? '') ?? []
  const column = RunSort.shape.column.safeParse(name)
  if (!column.success) return {}
  const sort = { column: column.data, descending: minus !== undefined }
  return { sort: pinned === undefined ? sort : { ...sort, pinnedFirst: true } }
}

function readColumns(text: string | null): { readonly columns?: readonly string[] } {
  const columns = (text ?? '').split(',').filter((column) => column !== '')
  return columns.length === 0 ? {} : { columns }
}

function readView(text: string | undefined): RunView {
  const read = RunView.safeParse(text)
  return read.success ? read.data : 'all'
}
