import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'
import type { Ref } from '../../../../shared/contract/call.ts'
import type { ForeignFormatId } from '../../../../shared/core/formats/format.ts'

const fixtures = fileURLToPath(new URL('../../../fixtures/foreign/', import.meta.url))

export type ForeignBench = Workbench & {
  readonly ref: (format: ForeignFormatId, document: string, item?: string) => Ref
  /** A fixture under a name of its own in the workspace. */
  readonly put: (fixture: string, path: string) => Promise<void>
}

/** A workspace that another engine works in: a copy of its real files. */
export async function openForeignBench(set: string): Promise<ForeignBench> {
  const bench = await createWorkbench()
  onTestFinished(() => bench.close())
  await cp(join(fixtures, 'sets', set), bench.root, { recursive: true })
  return {
    ...bench,
    ref: (format, document, item) => ({
      workspace: bench.context.workspace.id,
      format,
      document,
      item: item ?? null,
    }),
    put: (fixture, path) => cp(join(fixtures, fixture), join(bench.root, path)),
  }
}
