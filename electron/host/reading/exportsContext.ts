import { applyBundle } from '../../services/bundles/exportBundle.ts'
import { beginExport } from '../../services/exports/exportRuns.ts'
import type { ServiceContext } from '../../services/context.ts'
import { createBundleDesk } from '../createBundleDesk.ts'
import { randomId } from '../hostFacts.ts'
import { openDocumentsContext } from './documentsContext.ts'
import { archivesOf, notifierOf, refuse, type ReadingContext } from './readingContext.ts'
import type { ReadingTask } from './readingMessages.ts'

/** Makes exports and bundles. The host notes them: nothing is written into the workspace here. */
export async function createExportsContext(
  task: ReadingTask,
  emit: ServiceContext['emit'],
): Promise<ReadingContext> {
  const bundleDesk = createBundleDesk({ randomId, openStore: () => refuse('A store') })
  const { context, handlers } = await openDocumentsContext(task, emit, { bundleDesk })
  return {
    handlers: {
      'export.plan': handlers['export.plan'],
      'export.open': (input) => beginExport(context, input),
      'export.read': handlers['export.read'],
      'export.close': handlers['export.close'],
      'bundle.export.plan': handlers['bundle.export.plan'],
      'bundle.export.apply': (input, options) => applyBundle(context, input, options),
      'bundle.read': handlers['bundle.read'],
    },
    notify: notifierOf(context),
    archives: archivesOf(context),
    close: async () => {
      await context.store.close()
      await bundleDesk.close()
    },
  }
}
