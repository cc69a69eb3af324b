// Every call of the store that touches the disk, each with the state that it needs.
import { readingCalls } from './readingCalls.ts'
import type { StoreCall } from './storeCall.ts'
import { writingCalls } from './writingCalls.ts'

export const storeCalls: readonly StoreCall[] = [...writingCalls, ...readingCalls]
