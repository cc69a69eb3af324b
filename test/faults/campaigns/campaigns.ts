import type { Campaign } from './campaign.ts'
import { crashStates } from './crashStates.ts'
import { bitFlips, blocks } from './damage.ts'
import { errors } from './errors.ts'
import { freeSpace } from './freeSpace.ts'
import { hardToFool } from './hardToFool.ts'
import { kills } from './kills.ts'
import { killedHolders, lockRaces, lockUpdates } from './locks.ts'
import { truncation } from './truncation.ts'

export const campaigns: readonly Campaign[] = [
  errors,
  crashStates,
  truncation,
  bitFlips,
  blocks,
  lockUpdates,
  lockRaces,
  killedHolders,
  hardToFool,
  freeSpace,
  kills,
]
