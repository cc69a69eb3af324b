// Workspaces that were made to fool the program: each with one healthy run beside the odd thing.
import { oddContents } from './oddContents.ts'
import type { OddWorkspace } from './oddJudges.ts'
import { oddPlaces } from './oddPlaces.ts'

export const oddWorkspaces: readonly OddWorkspace[] = [...oddPlaces, ...oddContents]
