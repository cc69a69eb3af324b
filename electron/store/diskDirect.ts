// The short way to the disk: a job is done by the thread that asks for it, wherever that is best for all.
import type { Disk, DiskJob, DiskLane, DiskOutcome, LaneTarget } from './disk.ts'
import { closeJournal, createLaneState, perform } from './diskLane.ts'
import { createDiskPace, type DiskPace, type DiskPaceOptions } from './diskPace.ts'
import { driveNow, type DiskPort } from './diskSequence.ts'

type DirectOptions = DiskPaceOptions & {
  /** Its operations are done when they return. */
  readonly port: DiskPort
}

/** What is not done on the spot is handed on to `elsewhere`. Each of the two keeps the journal open for itself. */
export function createDirectDisk(elsewhere: Disk, options: DirectOptions): Disk {
  const pace = createDiskPace(options)
  const { port } = options
  return {
    openLane: (target) => openLane(elsewhere.openLane(target), { target, port, pace }),
    close: () => elsewhere.close(),
  }
}

function openLane(
  other: DiskLane,
  {
    target,
    port,
    pace,
  }: { readonly target: LaneTarget; readonly port: DiskPort; readonly pace: DiskPace },
): DiskLane {
  const state = createLaneState(target, false)
  const handOn = async (job: DiskJob): Promise<DiskOutcome> => {
    if (job.kind === 'release') driveNow(closeJournal(state))
    const outcome = await pace.elsewhere(other, job, () => other.perform(job))
    // Whoever makes a record durable has made the journal's name durable before.
    if (job.kind === 'append' && job.durable && outcome === 'done') state.isDurablyNamed = true
    return outcome
  }
  return {
    perform: (job) =>
      pace.mayStandStill(other, job)
        ? pace.onTheSpot(other, job, () => driveNow(perform(port, state, job)))
        : handOn(job),
    close: async () => {
      try {
        driveNow(closeJournal(state))
      } finally {
        await other.close()
      }
    },
  }
}
