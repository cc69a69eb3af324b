import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applicationVersion } from '../../shared/version.ts'
import { root } from '../architecture/source.ts'
import { budgets } from './budgets.ts'

type Tarball = {
  readonly filename: string
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string }[]
}

/** Everything that may be in it. */
const allowed =
  /^(README\.md|LICENSE|package\.json|dist\/(cli|library)\/[\w-]+\.js|dist\/renderer\/(index\.html|icon\.svg|assets\/[\w-]+\.(js|css))|dist\/declarations\/[\w/]+\.d\.ts|docs\/schema\/\w+\.schema\.json)$/

describe('what `npm pack` makes', () => {
  let folder: string
  /** Where somebody installs it, with no network. */
  let place: string
  let tarball: Tarball

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unstuck-npm-'))
    place = join(folder, 'place')
    await mkdir(place)
    await writeFile(join(place, 'package.json'), '{ "private": true, "type": "module" }')
    const packed = await npm(['pack', '--json', '--pack-destination', folder], root)
    const [first] = JSON.parse(packed.slice(packed.indexOf('[\n'))) as readonly Tarball[] // what npm documents
    if (first === undefined) throw new Error(packed)
    tarball = first
    // Its one dependency from here: there may be no network.
    const zod = join(root, 'node_modules/zod')
    await npm(['install', ...quiet, join(folder, tarball.filename), zod], place)
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('[B88] holds the programs, their types and the screens, within its budget', () => {
    const paths = tarball.files.map(({ path }) => path)
    expect(paths.filter((path) => !allowed.test(path))).toEqual([])
    expect(paths).toEqual(
      expect.arrayContaining([
        'dist/cli/unstuck.js',
        'dist/library/conformance.js',
        'dist/renderer/index.html',
      ]),
    )
    expect(tarball.size / 1000).toBeLessThan(budgets['npm package, packed'])
    expect(tarball.unpackedSize / 1000).toBeLessThan(budgets['npm package, unpacked'])
  })

  test('[B88] installs nothing of Electron, React or the tools, but zod for its types', async () => {
    const installed = await readdir(join(place, 'node_modules'))
    expect(installed.filter((name) => !name.startsWith('.'))).toEqual(['unstuck', 'zod'])
    const text = await readFile(join(place, 'node_modules/unstuck/package.json'), 'utf8')
    const { dependencies } = JSON.parse(text) as { dependencies: object } // our own file
    expect(Object.keys(dependencies)).toEqual(['zod'])
  })

  test('[B89] its command line works, with npx too', async () => {
    expect(await npm(['exec', '--offline', '--', 'unstuck', '--version'], place)).toBe(
      `${applicationVersion}\n`,
    )
    const unstuck = join(place, 'node_modules/.bin/unstuck')
    await run(unstuck, ['sample', 'sample'], place)
    expect(await run(unstuck, ['list', '--workspace', 'sample'], place)).toContain('charge-card')
  })

  test('[B89] programs import it, with its types', async () => {
    const program = `
      import { defineWorkflow } from 'unstuck'
      import { storeConformance } from 'unstuck/conformance'
      export const { name } = defineWorkflow({ name: 'typed', steps: { one: { run: 'true' } } })
      // @ts-expect-error -- a name is a text: the types are there
      export const wrong = () => defineWorkflow({ name: 5, steps: {} })
      const cases: number = storeConformance.length
      console.log(name, cases > 50)`
    await writeFile(join(place, 'program.ts'), program)
    const types = ['--typeRoots', join(root, 'node_modules/@types'), '--types', 'node']
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023']
    await run(process.execPath, [tsc, ...strict, ...types, 'program.ts'], place)
    expect(await run(process.execPath, ['--no-warnings', 'program.ts'], place)).toBe('typed true\n')
  })

  function npm(words: readonly string[], cwd: string): Promise<string> {
    return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', words, cwd)
  }

  async function run(program: string, words: readonly string[], cwd: string): Promise<string> {
    const env = { ...process.env, UNSTUCK_CONFIG_DIR: join(folder, 'config') }
    const { stdout } = await promisify(execFile)(program, [...words], { cwd, env })
    return stdout
  }
})

const quiet = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund']
