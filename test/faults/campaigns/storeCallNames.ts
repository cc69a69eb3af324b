// Which calls of a store, and of a run under its lock, the campaign of failing calls makes.
import { createMemoryFileSystem } from '../../../electron/store/memoryFileSystem.ts'
import { memoryRoot } from '../../../electron/store/memoryStore.ts'
import { openProcess } from './process.ts'
import { storeCalls } from './storeCalls.ts'

/** Names of the functions that none of them calls, in the order of their letters. */
export async function callsNotMade(): Promise<readonly string[]> {
  const names = { all: new Set<string>(), made: new Set<string>() }
  for (const { prepare, act } of storeCalls) {
    const disk = createMemoryFileSystem(memoryRoot)
    const prepared = await prepare(openProcess(disk, 1), disk)
    await act(watched(openProcess(disk, 2), names), prepared)
  }
  return [...names.all].filter((name) => !names.made.has(name)).toSorted()
}

type Names = { readonly all: Set<string>; readonly made: Set<string> }

/** The same functions, which note their names; so do those of a run that they open. */
function watched<T extends object>(of: T, names: Names): T {
  const entries = Object.entries(of).map(([name, value]: [string, unknown]) => {
    if (typeof value !== 'function') return [name, value]
    names.all.add(name)
    const call = (...given: readonly unknown[]): unknown => {
      names.made.add(name)
      const result: unknown = Reflect.apply(value, of, given)
      return name === 'open' || name === 'create' ? watchedLater(result, names) : result
    }
    return [name, call]
  })
  return Object.assign({ ...of }, Object.fromEntries(entries))
}

async function watchedLater(opening: unknown, names: Names): Promise<unknown> {
  const opened: unknown = await opening
  return typeof opened === 'object' && opened !== null ? watched(opened, names) : opened
}
