// A process that does what no first list can leave out, in bare loops on two threads, and prints how long it took: every file is
// looked at, the start of every head is read, its summary is parsed, and the sum of the summary is checked.
import { hash } from 'node:crypto'
import { closeSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'

type Summary = { readonly sum: string }

const startBytes = 1032
const before = '"summary": '
const [root = ''] = isMainThread ? process.argv.slice(2) : [String(workerData)]
const runs = join(root, 'runs')
const days = readdirSync(runs)

if (isMainThread) await measure()
else {
  parentPort?.on('message', () => {
    work(1)
    parentPort?.postMessage('done')
  })
  parentPort?.postMessage('ready')
}

async function measure(): Promise<void> {
  const worker = new Worker(import.meta.filename, { workerData: root })
  await answerOf(worker)
  const start = performance.now()
  const port: { readonly postMessage: (message: string) => void } = worker
  port.postMessage('go')
  const done = answerOf(worker)
  work(0)
  await done
  console.log(performance.now() - start)
  await worker.terminate()
}

function answerOf(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once('message', () => resolve())
  })
}

/** Every second day. */
function work(first: number): void {
  const bytes = Buffer.alloc(startBytes)
  for (let at = first; at < days.length; at += 2) {
    const folder = join(runs, days[at] ?? '')
    for (const name of readdirSync(folder)) {
      const path = `${folder}/${name}`
      lstatSync(path)
      if (!name.endsWith('.json')) continue
      const descriptor = openSync(path, 'r')
      readSync(descriptor, bytes, 0, startBytes, 0)
      closeSync(descriptor)
      const text = bytes.toString('latin1')
      const from = text.indexOf(before) + before.length
      const { sum } = JSON.parse(text.slice(from, text.indexOf('\n', from) - 1)) as Summary
      const summed = bytes.subarray(from, text.indexOf(`,"sum":"${sum}"`, from))
      if (!hash('sha256', summed).startsWith(sum)) throw new Error(`The sum of ${path} is wrong.`)
    }
  }
}
