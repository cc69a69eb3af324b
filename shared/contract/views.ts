import { z } from 'zod'
import { GroupBy } from '../schema/runCondition.ts'
import type { CallRow } from './call.ts'
import { RunSort, RunView } from './runs.ts'
import { lazyObject } from '../schema/lazyObject.ts'

const name = z.string().trim().min(1).max(80)

/** A question that a person keeps, for every workspace. */
export const SavedView = lazyObject(() => ({
  name,
  view: RunView,
  /** As it is written in the filter bar, so that an age counts back from when it is asked. */
  text: z.string().max(2000),
  sort: RunSort.nullable(),
  groupBy: GroupBy.nullable(),
  /** Ids of the columns that are shown, in order; null: as usual. */
  columns: z.array(z.string().max(60)).max(60).nullable(),
}))
export type SavedView = z.infer<typeof SavedView>

const views = z.object({ views: z.array(SavedView) })

export const viewCalls = {
  /** The views that were saved in this workspace, by name. */
  'view.list': { input: z.object({}), output: views, effect: 'read' },
  /** Keeps it under its name, in place of the one that has it. Returns all that are kept. */
  'view.save': { input: SavedView, output: views, effect: 'write' },
  /** Gives a saved view another name. `invalid-input` where that is taken. */
  'view.rename': { input: z.object({ name, to: name }), output: views, effect: 'write' },
  /** Deletes a saved view; the runs stay. */
  'view.delete': { input: z.object({ name }), output: views, effect: 'write' },
} as const satisfies Record<string, CallRow>
