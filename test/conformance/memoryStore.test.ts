import { createMemoryStore } from '../../electron/store/memoryStore.ts'
import { createClock, createIds } from '../unit/electron/store/storeFixtures.ts'
import { describeStore } from './storeConformance.ts'

describeStore('memory store', async () =>
  createMemoryStore({ now: createClock(), randomId: createIds() }),
)
