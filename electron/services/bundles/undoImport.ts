import type { RunId } from '../../../shared/schema/ids.ts'
import type { ServiceContext } from '../context.ts'
import { logged } from '../logged.ts'
import { readStoredRun } from '../openStoredRun.ts'

/** Moves an imported run to the trash, from where it comes back. Throws `locked` while somebody carries it. */
export async function undoImport(
  context: ServiceContext,
  { run, reason }: { readonly run: RunId; readonly reason: string | null },
): Promise<boolean> {
  const { store, settings } = context
  const workflow = (await readStoredRun(context, run)).run?.workflow.name ?? null
  await logged(
    context,
    { call: 'cleanup.apply', item: run, reason },
    async () => {
      const writer = await store.open(run, { purpose: 'undo import', controlSocket: null })
      try {
        const { trashDays: keepDays } = settings.value.cleanup
        return await writer.trash({ reason: 'its import was taken back', workflow, keepDays })
      } finally {
        await writer.release()
      }
    },
    ({ id }) => ({ undo: { call: 'cleanup.restore', item: run, target: id } }),
  )
  context.emit('runs.changed', { runs: [run] })
  return (await store.entry(run)) === null
}
