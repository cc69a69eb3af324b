// A process that does what Node's own calls can do with the files of a workspace, and prints how long it took.
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { mapBounded } from '../../shared/mapBounded.ts'

const ways: Readonly<Record<string, (folders: readonly string[]) => void | Promise<void>>> = {
  stat: (folders) => {
    for (const folder of folders) {
      for (const name of readdirSync(folder)) lstatSync(`${folder}/${name}`)
    }
  },
  parseSync: (folders) => {
    for (const path of headsIn(folders)) JSON.parse(readFileSync(path, 'utf8'))
  },
  parseEach: async (folders) => {
    for (const path of headsIn(folders)) JSON.parse(await readFile(path, 'utf8'))
  },
  parseMany: async (folders) => {
    await mapBounded(headsIn(folders), 64, async (path) => {
      JSON.parse(await readFile(path, 'utf8'))
    })
  },
}

const [way = '', root = ''] = process.argv.slice(2)
const start = performance.now()
const runs = join(root, 'runs')
await ways[way]?.(readdirSync(runs).map((day) => join(runs, day)))
console.log(performance.now() - start)

function headsIn(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => {
    const heads = readdirSync(folder).filter((name) => name.endsWith('.json'))
    return heads.map((name) => `${folder}/${name}`)
  })
}
