import { describe, expect, test } from 'vitest'
import { createDiskPace, type DiskPace } from '../../../../electron/store/diskPace.ts'
import type { DiskJob } from '../../../../electron/store/disk.ts'

const one = {}
const other = {}

describe('who does the next write', () => {
  test('[T118] others do, until eight flushes were quick; then the caller does small writes by itself', async () => {
    const { pace, takes } = openPace()
    const answers: boolean[] = []
    for (let job = 0; job < 9; job += 1) {
      answers.push(pace.mayStandStill(one, record()))
      await pace.elsewhere(one, record(), async () => takes(1.9))
    }

    expect(answers).toEqual([...Array.from({ length: 8 }, () => false), true])
    expect(pace.mayStandStill(one, head(65_536))).toBe(true)
  })

  test('[T118] what is not flushed proves nothing about the disk', async () => {
    const { pace, takes } = openPace()
    for (let job = 0; job < 50; job += 1) {
      await pace.elsewhere(one, record({ durable: false }), async () => takes(0.1))
    }

    expect(pace.mayStandStill(one, record())).toBe(false)
  })

  test('[T119] a flush of 2 ms is left to others, and so is a head of 4 ms', async () => {
    const { pace, takes, quick } = openPace()
    await quick(8)
    await pace.onTheSpot(one, head(10), () => takes(3.9))
    expect(pace.mayStandStill(one, record())).toBe(true)
    await pace.onTheSpot(one, record(), () => takes(2))
    expect(pace.mayStandStill(one, record())).toBe(false)
    await quick(7)
    expect(pace.mayStandStill(one, record())).toBe(false)
    await quick(1)
    expect(pace.mayStandStill(one, record())).toBe(true)
  })

  test('[T119] each long stop makes the next one four times as rare, also when the write fails', async () => {
    const { pace, takes, quick } = openPace()
    const needed: number[] = []
    for (let stop = 0; stop < 4; stop += 1) {
      let count = 0
      for (; !pace.mayStandStill(one, record()); count += 1) await quick(1)
      needed.push(count)
      const failing = pace.onTheSpot(one, record(), () => {
        takes(20)
        throw new Error('the disk is gone')
      })
      await expect(failing).rejects.toThrow('the disk is gone')
    }

    expect(needed).toEqual([8, 32, 128, 512])
  })

  test('[T120] a large write, a cut and a release are never done on the spot', async () => {
    const { pace, quick } = openPace()
    await quick(8)

    expect(pace.mayStandStill(one, record({ sizeBytes: 65_537 }))).toBe(false)
    expect(pace.mayStandStill(one, head(65_537))).toBe(false)
    expect(pace.mayStandStill(one, { kind: 'cut', sizeBytes: 2, toBytes: 1 })).toBe(false)
    expect(pace.mayStandStill(one, { kind: 'release' })).toBe(false)
  })

  test('[T120] nothing is done on the spot while another run writes, or wrote 5 ms ago', async () => {
    const { pace, takes, quick } = openPace()
    await quick(8)
    await pace.elsewhere(one, record(), async () => {
      expect(pace.mayStandStill(one, record())).toBe(false)
    })

    expect(pace.mayStandStill(one, record())).toBe(true)
    expect(pace.mayStandStill(other, record())).toBe(false)
    takes(5.1)
    expect(pace.mayStandStill(other, record())).toBe(true)
  })

  test('[T121] the thread deals with what waits for it after each 5 ms of standing still', async () => {
    const { pace, takes, turns, quick } = openPace()
    await quick(8)
    const before: number[] = []
    for (let job = 0; job < 12; job += 1) {
      await pace.onTheSpot(one, record(), () => takes(1))
      before.push(turns())
    }

    expect(before).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2])
  })
})

type OpenPace = {
  readonly pace: DiskPace
  /** Lets time pass. */
  readonly takes: (ms: number) => void
  readonly turns: () => number
  /** So many quick flushes elsewhere. */
  readonly quick: (count: number) => Promise<void>
}

function openPace(): OpenPace {
  let nowMs = 0
  let turns = 0
  const pace = createDiskPace({
    clockMs: () => nowMs,
    nextTurn: async () => {
      turns += 1
    },
  })
  const takes = (ms: number): void => {
    nowMs += ms
  }
  return {
    pace,
    takes,
    turns: () => turns,
    quick: async (count) => {
      for (let job = 0; job < count; job += 1) {
        await pace.elsewhere(one, record(), async () => takes(0.25))
      }
    },
  }
}

function record({ durable = true, sizeBytes = 10 } = {}): DiskJob {
  return {
    kind: 'append',
    bytes: new Uint8Array(sizeBytes),
    sizeBytes: 0,
    durable,
    isReadBack: false,
  }
}

function head(sizeBytes: number): DiskJob {
  const place = { root: '/w', relative: 'head.json', temporary: '/w/.head.tmp' }
  return { kind: 'replace', ...place, bytes: new Uint8Array(sizeBytes) }
}
