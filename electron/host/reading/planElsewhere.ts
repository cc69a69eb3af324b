// The parts of a plan over many runs that reading workers answer, asked for page by page.
import type { CallInput, CallOutput, HandlerOptions } from '../../../shared/contract/contract.ts'
import type { Ref } from '../../../shared/contract/call.ts'
import type { CancelSignal } from '../../../shared/cancel.ts'
import type {
  ResumeBatchOptions,
  ResumeBatchRow,
} from '../../../shared/core/batch/resumeBatchPlan.ts'
import type { ReadingWorker } from './startReadingWorker.ts'

export async function readRefs(
  list: ReadingWorker,
  input: CallInput<'run.select'>,
  signal: CancelSignal,
): Promise<readonly Pick<Ref, 'document' | 'format'>[]> {
  const refs: Pick<Ref, 'document' | 'format'>[] = []
  for (let offset: number | null = 0; offset !== null;) {
    const asked: CallInput<'run.select'> = { ...input, offset, limit: 2_000 }
    const page: CallOutput<'run.select'> = await list.call('run.select', asked, { signal })
    for (const { document, format } of page.rows) refs.push({ document, format })
    offset = page.nextOffset
  }
  return refs
}

/** Some runs at a time: each answer is a page, and the host’s own thread never reads them. */
export async function planElsewhere(
  documents: ReadingWorker,
  {
    refs,
    asked,
  }: {
    readonly refs: readonly Ref[]
    readonly asked: ResumeBatchOptions & { readonly asOf: string }
  },
  { signal, progress }: HandlerOptions<'resume.batch.plan'>,
): Promise<readonly ResumeBatchRow[]> {
  const rows: ResumeBatchRow[] = []
  for (let from = 0; from < refs.length; from += partSize) {
    const part = refs.slice(from, from + partSize)
    const onProgress = ({ done, item }: { readonly done: number; readonly item: string }) =>
      progress({ done: from + done, total: refs.length, item })
    let digest: string | null = null
    for (let offset: number | null = 0; offset !== null;) {
      const page: CallOutput<'resume.batch.plan'> = await documents.call(
        'resume.batch.plan',
        { ...asked, refs: part, digest, offset, limit: partSize },
        { signal, onProgress },
      )
      rows.push(...page.plan.rows)
      digest = page.digest
      offset = page.nextOffset
    }
  }
  return rows
}

const partSize = 200
