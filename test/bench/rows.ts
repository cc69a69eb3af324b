// Every row of the bench, in the order in which they are measured and shown.
import type { BenchRow } from './row.ts'
import { cleanupPreviewRows } from './rows/cleanupPreview.ts'
import { diffAnyRows } from './rows/diffAny.ts'
import { diffNativeRows } from './rows/diffNative.ts'
import { durableRecordRows } from './rows/durableRecord.ts'
import { executorFlatRows } from './rows/executorFlat.ts'
import { executorPeerRows } from './rows/executorPeers.ts'
import { executorRecordRows } from './rows/executorRecords.ts'
import { filterRunsRows } from './rows/filterRuns.ts'
import { firstListRows } from './rows/firstList.ts'
import { hostMemoryRows } from './rows/hostMemory.ts'
import { lockFreedRows } from './rows/lockFreed.ts'
import { longRunRows } from './rows/longRun.ts'
import { manyStepsRows } from './rows/manySteps.ts'
import { oneChangedRows } from './rows/oneChanged.ts'
import { replaceHeadRows } from './rows/replaceHead.ts'
import { salvageRows } from './rows/salvage.ts'
import { screenRows } from './rows/screen.ts'
import { sizeRows } from './rows/size.ts'
import { startRows } from './rows/start.ts'
import { sweepRows } from './rows/sweep.ts'
import { warmStartRows } from './rows/warmStart.ts'

export type BenchGroup = {
  /** A heading of the page of results. */
  readonly title: string
  readonly rows: readonly BenchRow[]
}

export const groups: readonly BenchGroup[] = [
  {
    title: 'Writing durably',
    rows: [...durableRecordRows, ...replaceHeadRows, ...manyStepsRows, ...lockFreedRows],
  },
  {
    title: 'Executing',
    rows: [...executorRecordRows, ...executorFlatRows, ...executorPeerRows],
  },
  {
    title: 'Listing 100,000 runs',
    rows: [
      ...sweepRows,
      ...firstListRows,
      ...warmStartRows,
      ...oneChangedRows,
      ...filterRunsRows,
      ...cleanupPreviewRows,
      ...hostMemoryRows,
    ],
  },
  { title: 'Starting', rows: startRows },
  { title: 'On the screen', rows: [...longRunRows, ...screenRows] },
  { title: 'Comparing', rows: [...diffAnyRows, ...diffNativeRows] },
  { title: 'Salvaging', rows: salvageRows },
  { title: 'What is delivered', rows: sizeRows },
]

export const rows: readonly BenchRow[] = groups.flatMap((group) => group.rows)
