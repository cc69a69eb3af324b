import type { Handlers } from '../../../shared/contract/contract.ts'
import type { ServiceContext } from '../../services/context.ts'
import { createBlockingFileSystem } from '../../store/blockingFileSystem.ts'
import { createHandlers } from '../handlers.ts'
import {
  archivesOf,
  notifierOf,
  openReadingContext,
  refuse,
  type ReadingContext,
} from './readingContext.ts'
import type { ReadingTask } from './readingMessages.ts'

/** Answers every call of one run. */
export async function createDocumentsContext(
  task: ReadingTask,
  emit: ServiceContext['emit'],
): Promise<ReadingContext> {
  const { context, handlers } = await openDocumentsContext(task, emit)
  return {
    handlers,
    notify: notifierOf(context),
    archives: archivesOf(context),
    close: () => context.store.close(),
  }
}

export async function openDocumentsContext(
  task: ReadingTask,
  emit: ServiceContext['emit'],
  more: Partial<ServiceContext> = {},
): Promise<{ readonly context: ServiceContext; readonly handlers: Handlers }> {
  const opened = await openReadingContext({
    ...task,
    cacheFolder: null,
    emit,
    // Threads that help with a sweep are for the one that sweeps.
    fileSystem: createBlockingFileSystem({ helpers: 0 }),
    rowsElsewhere: nothingKnown,
  })
  const context = { ...opened, ...more }
  return { context, handlers: createHandlers(context, () => refuse('sample.create')) }
}

/** The host asks the other worker for what needs all rows, and puts it into the answer. */
const nothingKnown: NonNullable<ServiceContext['rowsElsewhere']> = {
  forks: async () => [],
  countAttention: async () => null,
  planCleanup: () => refuse('cleanup.plan'),
  oldDocuments: () => refuse('migrate.plan'),
}
