// A process that writes until a thread does it, and then comes to its end without closing anything.
import { createFileStore } from '../../electron/store/fileStore.ts'
import { RunId } from '../../shared/schema/ids.ts'

const [root = '', appends = '0'] = process.argv.slice(2)
let ids = 0
const store = await createFileStore({
  root,
  now: () => new Date().toISOString(),
  randomId: (length) => (ids += 1).toString(36).padStart(length, '0'),
  application: { version: 'test' },
})
const run = RunId.parse('deploy-20260102t030405z-a1b2')
const createdAt = '2026-01-02T03:04:05.678Z'
const writer = await store.create(run, { purpose: 'test', controlSocket: null, createdAt })
// Larger than what is written without a thread.
const value = 'x'.repeat(70_000)
for (let count = 0; count < Number(appends); count += 1) {
  await writer.append([{ type: 'variableSet', name: 'a', value }], { durable: true })
}
// Nobody waits for this one; the process may not end before it is on disk.
void writer.append([{ type: 'variableSet', name: 'last', value }], { durable: true })
process.stdout.write('done\n')
