import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { queryRuns } from '../../../../electron/services/queryRuns.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { listCalls } from '../../../../shared/contract/runList.ts'
import { createWorkbench } from '../executor/workbench.ts'

/** A workspace with these files, and what is told of each in the list. */
export async function openUnknown(files: Readonly<Record<string, string | Uint8Array>>) {
  const bench = await createWorkbench()
  onTestFinished(() => bench.close())
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(bench.root, path, '..'), { recursive: true })
    await writeFile(join(bench.root, path), content)
  }
  const { context } = bench
  const ref = (document: string, item: string | null = null) => ({
    workspace: context.workspace.id,
    format: 'unknown' as const,
    document,
    item,
  })
  const rows = async () => {
    const input = listCalls['run.list'].input.parse({})
    const { rows: all } = await queryRuns(context, input, { signal: neverCancelled })
    return all.map(
      ({ ref: { document }, status, health, step, stepsDone, stepsTotal, reason }) => ({
        document,
        status,
        health,
        step,
        steps: `${stepsDone}/${stepsTotal}`,
        reason: reason.sentence,
      }),
    )
  }
  return { ...bench, ref, rows }
}
