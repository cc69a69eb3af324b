// Takes an operation of the log back: by the call that its end names, which looks again whether that is still possible.
import { assertNever } from '../../shared/assert.ts'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { OutcomeRow } from '../../shared/contract/call.ts'
import type { OperationEntry } from '../../shared/contract/upkeep.ts'
import { whyNoUndo } from '../../shared/core/operations/whyNoUndo.ts'
import { AppError } from '../../shared/errors.ts'
import { AnnotationChange } from '../../shared/schema/annotationChange.ts'
import { ErrorDecision } from '../../shared/schema/errorGroup.ts'
import type { OperationUndo } from '../../shared/schema/operation.ts'
import { annotateRuns } from './annotateRuns.ts'
import { archiveRuns, unarchiveRuns } from './archiveRuns.ts'
import { restoreRuns } from './cleanUp.ts'
import { undoImport } from './bundles/undoImport.ts'
import type { ServiceContext } from './context.ts'
import { decideError } from './decideError.ts'
import { undoDocumentChange } from './documentChange.ts'
import { rollbackMigration } from './migrateDocuments.ts'
import { nativeRef, parseRunId } from './refs.ts'
import { undoRepair } from './repairRun.ts'
import { undoEdit } from './undoEdit.ts'

type Input = HandlerInput<'operations.undo'>
type Options = Pick<HandlerOptions<'operations.undo'>, 'signal'>

/** [X80] [X81] */
export async function undoOperation(
  context: ServiceContext,
  { id, reason }: Input,
  { signal }: Options,
): Promise<CallOutput<'operations.undo'>> {
  const page = await context.store.operations({ id, offset: 0, limit: 1, signal })
  const [operation] = page.operations
  if (operation === undefined)
    throw new AppError('not-found', `The operations log has no operation ${id}.`, { operation: id })
  const undo = requireUndo(operation)
  const own = { ...context, undoing: id }
  const observed = await takeBack(own, undo, { signal, reason })
  return { observed, sentence: sentenceOf(operation, observed) }
}

function requireUndo(operation: OperationEntry): OperationUndo {
  const why = whyNoUndo(operation)
  if (why === null && operation.undo !== undefined) return operation.undo
  const { id, call, item } = operation
  throw new AppError('invalid-input', `${call} of ${item} is not taken back: ${why ?? ''}`, {
    operation: id,
  })
}

async function takeBack(
  context: ServiceContext,
  { call, item, target }: OperationUndo,
  { signal, reason }: Options & Pick<Input, 'reason'>,
): Promise<boolean> {
  const options = { signal, progress: () => undefined }
  switch (call) {
    case 'edit.undo': {
      const ref = nativeRef(context, parseRunId(item))
      return (await undoEdit(context, { ref, seq: Number(target), reason })).observed
    }
    case 'repair.undo': {
      const ref = nativeRef(context, parseRunId(item))
      return (await undoRepair(context, { ref, backup: target ?? '' })).observed
    }
    case 'document.undo': {
      const workspace = context.workspace.id
      const ref = { workspace, format: 'unknown', document: item, item: null } as const
      return (await undoDocumentChange(context, { ref, backup: target })).observed
    }
    case 'migrate.rollback': {
      const input = { runs: [parseRunId(item)] }
      return isDone((await rollbackMigration(context, input, options)).rows)
    }
    case 'cleanup.restore': {
      const input = { entries: [target ?? ''] }
      return isDone((await restoreRuns(context, input, options)).rows)
    }
    case 'run.annotate': {
      const change = AnnotationChange.parse(JSON.parse(target ?? '{}'))
      const input = { runs: [parseRunId(item)], change }
      return isDone((await annotateRuns(context, input, options)).rows)
    }
    case 'error.decide': {
      const decision = ErrorDecision.parse(JSON.parse(target ?? '{}'))
      return (await decideError(context, { error: item, decision, reason })).observed
    }
    case 'run.archive':
      return isDone((await archiveRuns(context, { runs: [parseRunId(item)] }, options)).rows)
    case 'run.unarchive':
      return isDone((await unarchiveRuns(context, { runs: [parseRunId(item)] }, options)).rows)
    case 'bundle.import.apply':
      return undoImport(context, { run: parseRunId(item), reason })
    default:
      return assertNever(call)
  }
}

/** Of one item: what failed is told as it failed. */
function isDone(rows: readonly OutcomeRow[]): boolean {
  const [row] = rows
  if (row?.outcome === 'done') return true
  const code = row?.outcome === 'stale' ? 'stale' : 'invalid-input'
  throw new AppError(code, row?.cause ?? 'It was not reached.', { item: row?.item })
}

function sentenceOf({ call, item }: OperationEntry, observed: boolean): string {
  return observed
    ? `${call} of ${item} was taken back, and read back.`
    : `That ${call} of ${item} is taken back was requested, and is not seen yet. Look at it.`
}
