// The services of a reading worker: the same as the host's, over a store of their own that is only read.
import type { EventName, EventValue, Handlers } from '../../../shared/contract/contract.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ServiceContext } from '../../services/context.ts'
import { markChanged, saveIndex } from '../../services/runIndex.ts'
import { createBlockingFileSystem } from '../../store/blockingFileSystem.ts'
import { createHandlers } from '../handlers.ts'
import { openContext } from '../openContext.ts'
import { createGivingBack } from './giveBackMemory.ts'
import type { ReadingTask } from './readingMessages.ts'

export type ReadingContext = {
  readonly context: ServiceContext
  readonly handlers: Handlers
  /** The host says that something changed. */
  readonly notify: <N extends EventName>(name: N, value: EventValue<N>) => void
  readonly close: () => Promise<void>
}

export async function createReadingContext(
  task: ReadingTask,
  emit: ServiceContext['emit'],
): Promise<ReadingContext> {
  const knowsRows = task.purpose === 'list'
  const opened = await openContext({
    ...task,
    cacheFolder: knowsRows ? task.cacheFolder : null,
    // Nothing is carried here: whoever carries a run is in the host's own thread, in the same process.
    controlDirectory: null,
    emit,
    // Threads that help with a sweep are for the one that sweeps.
    fileSystem: createBlockingFileSystem(knowsRows ? {} : { helpers: 0 }),
    ...(knowsRows ? {} : { rowsElsewhere: nothingKnown }),
  })
  const { context } = opened
  const handlers = createHandlers(context, () => refuse('sample.create'))
  return {
    context,
    handlers: knowsRows ? withGivingBack(handlers, createGivingBack(context.index)) : handlers,
    notify: (_name, value) => {
      if ('runs' in value) markChanged(context.index, value.runs)
      if ('run' in value) markChanged(context.index, [value.run])
    },
    close: async () => {
      if (knowsRows) await saveIndex(context)
      await opened.close()
    },
  }
}

function withGivingBack(handlers: Handlers, giveBack: () => void): Handlers {
  return {
    ...handlers,
    'run.list': async (input, options) => {
      const answer = await handlers['run.list'](input, options)
      giveBack()
      return answer
    },
  }
}

/** The host asks the other worker for what needs all rows, and puts it into the answer. */
const nothingKnown: NonNullable<ServiceContext['rowsElsewhere']> = {
  forks: async () => [],
  planCleanup: () => refuse('cleanup.plan'),
  planMigration: () => refuse('migrate.plan'),
}

async function refuse(call: string): Promise<never> {
  throw new AppError('bug', `${call} came to a reading worker that does not answer it.`)
}
