// A program that keeps its state, for tests in which several do so or one is killed.
import { FileStorageBackend } from '../../../../electron/library/fileStorageBackend.ts'
import { StateManager } from '../../../../electron/library/stateManager.ts'

const [what, folder = '', times = '0'] = process.argv.slice(2)
const states = new StateManager(new FileStorageBackend(folder, { lockWaitMs: 30_000 }))

if (what === 'count') {
  for (let n = 0; n < Number(times); n++) await states.updateSession('shared', count)
} else {
  process.stdout.write('saving\n')
  for (let n = 1; ; n++)
    await states.saveSession('pair', { one: n, text: 'x'.repeat(5000 + (n % 50)), other: n })
}

function count(before: { n: number } | null): { n: number } {
  return { n: (before?.n ?? 0) + 1 }
}
