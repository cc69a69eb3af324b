// A process that holds a lock until it is killed: `unstuck <root> <run>` or `proper-lockfile <path>`.
import lockfile from 'proper-lockfile'
import { RunId } from '../../shared/schema/ids.ts'
import { openBenchStore } from './openBenchStore.ts'

export type LockHolderSays = 'held'

const [kind = '', path = '', run = ''] = process.argv.slice(2)
process.on('disconnect', () => process.exit())
if (kind === 'unstuck') {
  const { store } = await openBenchStore(path)
  await store.open(RunId.parse(run), { purpose: 'bench', controlSocket: null })
} else await lockfile.lock(path, { realpath: false })
const held: LockHolderSays = 'held'
process.send?.(held)
// Holds it for as long as it lives.
setInterval(() => undefined, 60_000)
