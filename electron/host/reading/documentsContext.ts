import type { ServiceContext } from '../../services/context.ts'
import { createBlockingFileSystem } from '../../store/blockingFileSystem.ts'
import { createHandlers } from '../handlers.ts'
import { notifierOf, openReadingContext, refuse, type ReadingContext } from './readingContext.ts'
import type { ReadingTask } from './readingMessages.ts'

/** Answers every call of one run. */
export async function createDocumentsContext(
  task: ReadingTask,
  emit: ServiceContext['emit'],
): Promise<ReadingContext> {
  const context = await openReadingContext({
    ...task,
    cacheFolder: null,
    emit,
    // Threads that help with a sweep are for the one that sweeps.
    fileSystem: createBlockingFileSystem({ helpers: 0 }),
    rowsElsewhere: nothingKnown,
  })
  return {
    handlers: createHandlers(context, () => refuse('sample.create')),
    notify: notifierOf(context),
    close: () => context.store.close(),
  }
}

/** The host asks the other worker for what needs all rows, and puts it into the answer. */
const nothingKnown: NonNullable<ServiceContext['rowsElsewhere']> = {
  forks: async () => [],
  countAttention: async () => null,
  planCleanup: () => refuse('cleanup.plan'),
  planMigration: () => refuse('migrate.plan'),
}
