import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createSaver } from '../../../../../electron/host/snapshot/createSaver.ts'

function after(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms)
  return () => clearTimeout(timer)
}

function saverOf(write: () => Promise<boolean>, everyMs = 100) {
  return createSaver({ write, everyMs, nowMs: () => performance.now(), after })
}

test('[E124] a thousand changes a second are some ten writings, and the last change is in the last one', async () => {
  let changes = 0
  const written: number[] = []
  const saver = saverOf(async () => {
    written.push(changes)
    return true
  })
  const beganMs = performance.now()
  for (let tick = 0; tick < 100; tick += 1) {
    for (let change = 0; change < 10; change += 1) {
      changes += 1
      void saver.changed()
    }
    await wait(5)
  }
  await saver.flush()
  const seconds = (performance.now() - beganMs) / 1000
  expect(written.at(-1)).toBe(1000)
  expect(written.length).toBeLessThanOrEqual(10 * seconds + 2)
})

test('[E124] a slow writing makes the next one wait, and two are never under way', async () => {
  let underWay = 0
  let most = 0
  let writings = 0
  const saver = saverOf(async () => {
    underWay += 1
    most = Math.max(most, underWay)
    writings += 1
    await wait(30)
    underWay -= 1
    return true
  }, 1)
  const beganMs = performance.now()
  while (performance.now() < beganMs + 450) {
    void saver.changed()
    await wait(2)
  }
  const passedMs = performance.now() - beganMs
  await saver.flush()
  expect(most).toBe(1)
  // Each and the pause behind it are ten times 30 ms at least; the first is due at once, and so is the last.
  expect(writings).toBeLessThanOrEqual(passedMs / 290 + 2)
})

test('[E118] a change that comes while the file is written is written after it', async () => {
  let value = 'old'
  const written: string[] = []
  const saver = saverOf(async () => {
    const taken = value
    await wait(10)
    written.push(taken)
    return true
  }, 1)
  void saver.changed()
  await wait(3)
  value = 'new'
  expect(await saver.changed()).toBe(true)
  expect(written).toEqual(['old', 'new'])
})

test('[E125] a writing that fails is told to whoever waits for it', async () => {
  const saver = saverOf(async () => false)
  expect(await saver.changed()).toBe(false)
  expect(await saver.flush()).toBe(false)
})
