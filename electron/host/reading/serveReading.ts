// A reading worker answers the contract's reading calls on a thread where nobody else waits.
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { assertNever, invariant } from '../../../shared/assert.ts'
import {
  callNames,
  type CallName,
  type EventValue,
  type HandlerOptions,
  type Handlers,
} from '../../../shared/contract/contract.ts'
import { AppError, toAppError } from '../../../shared/errors.ts'
import { allowReads, serve } from '../../../shared/rpc/serve.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import type { ServiceContext } from '../../services/context.ts'
import type { UnlockedArchive } from '../../store/store.ts'
import { portChannel, type Port } from './portChannel.ts'
import type { ReadingContext } from './readingContext.ts'
import { ReadingMessage, ReadingTask } from './readingMessages.ts'

/** Called once, by the entry of a thread. */
export function serveReading(create: CreateReadingContext): void {
  invariant(!isMainThread && parentPort !== null, 'A reading worker is started by a host.')
  serveThrough(parentPort, (emit) => create(ReadingTask.parse(workerData), emit))
}

type CreateReadingContext = (
  task: ReadingTask,
  emit: ServiceContext['emit'],
) => Promise<ReadingContext>

function serveThrough(
  port: Port,
  create: (emit: ServiceContext['emit']) => Promise<ReadingContext>,
): void {
  let opening: Promise<ReadingContext> | null = null
  const unlocked = new Map<RunId, UnlockedArchive>()
  // A workspace that cannot be opened now is tried again with the next call.
  const open = (): Promise<ReadingContext> => {
    opening ??= create((name, value) => server.emit(name, value)).then(
      (reading) => {
        for (const archive of unlocked.values()) reading.archives?.take(archive)
        return reading
      },
      (error: unknown) => {
        opening = null
        throw error
      },
    )
    return opening
  }
  const noteArchives = (message: ReadingMessage): void => {
    if (message.kind === 'unlocked') unlocked.set(message.archive.run, message.archive)
    if (message.kind === 'locked') for (const run of message.runs) unlocked.delete(run)
  }
  const server = serve({
    channel: portChannel(port),
    handlers: handlersOf(open),
    allow: (name) => allowReads(name) || unnoted.has(name),
  })
  port.on('message', (message) => {
    if (typeof message === 'string') return
    const told = ReadingMessage.parse(message)
    noteArchives(told)
    void obey(told, () => opening)
  })
}

/** They change nothing in the workspace but its log, which the host writes. */
const unnoted: ReadonlySet<CallName> = new Set(['export.open', 'bundle.export.apply'])

/** Before anything is open there is nothing that could be out of date or left open; why it is not, the calls are told. */
async function obey(
  message: ReadingMessage,
  opened: () => Promise<ReadingContext> | null,
): Promise<void> {
  const [opening] = await Promise.allSettled([opened()])
  const reading = opening.status === 'fulfilled' ? opening.value : null
  switch (message.kind) {
    case 'event':
      return reading?.notify(message.name, message.value as EventValue<typeof message.name>) // its own host made it, by that name
    case 'unlocked':
      return reading?.archives?.take(message.archive)
    case 'locked':
      return reading?.archives?.lock(message.runs)
    case 'close':
      await reading?.close()
      return process.exit() // of a worker: ends its thread
    default:
      return assertNever(message)
  }
}

/** Each call waits for the workspace to be open. */
function handlersOf(open: () => Promise<ReadingContext>): Handlers {
  const answer = async <N extends CallName>(
    name: N,
    input: Parameters<Handlers[N]>[0],
    options: HandlerOptions<N>,
  ) => {
    const handler: Handlers[N] | undefined = (await open()).handlers[name]
    try {
      return await (handler ?? refusal(name))(input, options)
    } catch (error) {
      throw withStack(toAppError(error))
    }
  }
  const rows = callNames.map((name) => [
    name,
    (input: never, options: never) => answer(name, input, options),
  ])
  return Object.fromEntries(rows) as Handlers // one for every name of the contract
}

function refusal(call: CallName): () => Promise<never> {
  return async () => {
    throw new AppError('bug', `${call} came to a reading worker that does not answer it.`)
  }
}

/** An error crosses without its stack; of a defect the host's log needs it. */
function withStack(error: AppError): AppError {
  if (error.code !== 'bug') return error
  const { cause, message, details } = error
  const { stack } = cause instanceof Error ? cause : error
  return new AppError('bug', message, { ...details, stack }, { cause: error })
}
