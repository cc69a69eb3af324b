import {
  BaseCheckpointSaver,
  type ChannelVersions,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointTuple,
  type DeltaChannelHistory,
  type PendingWrite,
  type SerializerProtocol,
} from '@langchain/langgraph-checkpoint'
import type { RunnableConfig } from '@langchain/core/runnables'
import { resolve } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { now, userName } from '../host/hostFacts.ts'
import { addressOf, requireAddress } from './address.ts'
import { deltaHistory } from './deltaHistory.ts'
import { keepCheckpoint } from './keepCheckpoint.ts'
import { keepWrites } from './keepWrites.ts'
import { listTuples } from './listTuples.ts'
import { openThreads, type UnstuckSaverOptions } from './openThreads.ts'
import { newestOf } from './thread.ts'
import type { Threads } from './threads.ts'
import { tupleOf } from './tuple.ts'

/**
 * A checkpointer for LangGraph.js that keeps threads in a workspace of Unstuck: each is a run of kind `thread`, whose
 * checkpoints the screens and the command line list, open, compare, edit and fork. What a call keeps is on disk when its
 * promise resolves, and one process at a time writes a thread. A deleted thread goes to the workspace's trash.
 */
export class UnstuckSaver extends BaseCheckpointSaver {
  readonly folder: string
  readonly #options: UnstuckSaverOptions
  #opened: Promise<Threads> | null = null

  /** `folder` is made with the first call, if it is not there. */
  constructor(folder: string, options: UnstuckSaverOptions = {}, serde?: SerializerProtocol) {
    super(serde)
    this.folder = resolve(folder)
    this.#options = options
  }

  async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    const at = addressOf(config)
    if (at === null) return undefined
    const { serde } = this
    return (await this.#threads()).read(at.threadId, async ({ thread }) => {
      const point =
        at.checkpoint === null
          ? newestOf(thread, at.namespace)
          : thread.get(at.namespace)?.get(at.checkpoint)
      if (point === undefined || point === null) return undefined
      return tupleOf(point, { serde, thread, threadId: at.threadId })
    })
  }

  async *list(
    config: RunnableConfig,
    options: CheckpointListOptions = {},
  ): AsyncGenerator<CheckpointTuple> {
    yield* listTuples(await this.#threads(), { config, options, serde: this.serde })
  }

  async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    newVersions: ChannelVersions,
  ): Promise<RunnableConfig> {
    const at = requireAddress(config, 'A checkpoint')
    const call = { at, checkpoint, metadata, newVersions, serde: this.serde, by: userName() }
    await keepCheckpoint(this.#threads(), call)
    const { threadId: thread_id, namespace: checkpoint_ns } = at
    return { configurable: { thread_id, checkpoint_ns, checkpoint_id: checkpoint.id } }
  }

  async putWrites(
    config: RunnableConfig,
    writes: PendingWrite[],
    taskId: string,
    taskPath = '',
  ): Promise<void> {
    const { checkpoint, ...at } = requireAddress(config, 'What a task has written')
    if (checkpoint === null) throw noCheckpoint()
    const told = { serde: this.serde, by: userName(), now }
    const call = { at: { ...at, checkpoint }, writes, task: taskId, path: taskPath, ...told }
    await keepWrites(this.#threads(), call)
  }

  async deleteThread(threadId: string): Promise<void> {
    await (await this.#threads()).remove(threadId)
  }

  override async getDeltaChannelHistory(options: {
    config: RunnableConfig
    channels: string[]
  }): Promise<Record<string, DeltaChannelHistory>> {
    const { config, channels } = options
    const at = addressOf(config)
    if (at === null) return Object.fromEntries(channels.map((channel) => [channel, { writes: [] }]))
    return deltaHistory(await this.#threads(), { at, channels, serde: this.serde })
  }

  /**
   * Frees locks, threads and files; a later call opens the folder again. A process that ends without it leaves a lock that
   * the next one finds to be nobody's.
   */
  async close(): Promise<void> {
    const opened = this.#opened
    this.#opened = null
    await (await opened)?.close()
  }

  async #threads(): Promise<Threads> {
    this.#opened ??= openThreads(this.folder, this.#options)
    try {
      return await this.#opened
    } catch (error) {
      // A folder that could not be opened may be there at the next call.
      this.#opened = null
      throw error
    }
  }
}

function noCheckpoint(): AppError {
  const message =
    'What a task has written belongs to a checkpoint: configurable.checkpoint_id is missing.'
  return new AppError('invalid-input', message)
}
