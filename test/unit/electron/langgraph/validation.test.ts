import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { UnstuckSaver } from '../../../../electron/langgraph.ts'

// The package takes these from the test framework that runs it.
Object.assign(globalThis, { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it })
const { deltaChannelHistoryTests, validate } =
  await import('@langchain/langgraph-checkpoint-validation')

/** A saver in a folder of its own each time. */
const initializer = {
  checkpointerName: 'UnstuckSaver',
  createCheckpointer: async () => new UnstuckSaver(await mkdtemp(join(tmpdir(), 'unstuck-saver-'))),
  destroyCheckpointer: async (saver: UnstuckSaver) => {
    await saver.close()
    await rm(saver.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  },
}

describe('[B30] the validation of LangGraph, as it is published', () => {
  validate(initializer)
  deltaChannelHistoryTests(initializer)
})
