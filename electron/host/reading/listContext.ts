import type { Handlers } from '../../../shared/contract/contract.ts'
import type { ServiceContext } from '../../services/context.ts'
import { saveIndex } from '../../services/runIndex.ts'
import { createBlockingFileSystem } from '../../store/blockingFileSystem.ts'
import { createGivingBack } from './giveBackMemory.ts'
import { notifierOf, openReadingContext, type ReadingContext } from './readingContext.ts'
import type { ReadingTask } from './readingMessages.ts'
import { createRowHandlers, type RowCalls } from './rowHandlers.ts'

/** Answers the calls that need every row, and keeps the rows for the next start. */
export async function createListContext(
  task: ReadingTask,
  emit: ServiceContext['emit'],
): Promise<ReadingContext> {
  const context = await openReadingContext({
    ...task,
    emit,
    fileSystem: createBlockingFileSystem(),
  })
  return {
    handlers: withGivingBack(createRowHandlers(context), createGivingBack(context.index)),
    notify: notifierOf(context),
    close: async () => {
      await saveIndex(context)
      await context.store.close()
    },
  }
}

function withGivingBack(handlers: RowCalls, giveBack: () => void): Partial<Handlers> {
  return {
    ...handlers,
    'run.list': async (input, options) => {
      const answer = await handlers['run.list'](input, options)
      giveBack()
      return answer
    },
  }
}
