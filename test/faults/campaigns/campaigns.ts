import type { Campaign } from './campaign.ts'
import { batchResume } from './batchResume.ts'
import { crashStates } from './crashStates.ts'
import { bitFlips, blocks } from './damage.ts'
import { errors } from './errors.ts'
import { foreignCuts, foreignFlips } from './foreign.ts'
import { freeSpace } from './freeSpace.ts'
import { hardToFool } from './hardToFool.ts'
import { kills } from './kills.ts'
import { killedHolders, lockRaces, lockUpdates } from './locks.ts'
import { salvageAny } from './salvageAny.ts'
import { salvageCuts } from './salvageCuts.ts'
import { salvageBlocks, salvageFlips } from './salvageDamage.ts'
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
  foreignCuts,
  foreignFlips,
  hardToFool,
  freeSpace,
  salvageCuts,
  salvageFlips,
  salvageBlocks,
  salvageAny,
  kills,
  batchResume,
]
